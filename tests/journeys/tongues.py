"""French that was left on a page in English. What people wrote stays in their language; all the rest is ours."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from playwright.sync_api import Page

OURS = ("communities", "participation", "people", "thread")
# Words that no English sentence holds, and letters that no English word does.
FRENCH = re.compile(
    r"[àâçèéêëîïôùûœ]|\b(?:aucune?|avec|aux|ces|cette|chaque|dans|depuis|des|du|elle|est|et|jours?|la|le|les|leurs?|"
    r"notre|nous|par|pas|plus|pour|puis|que|qui|sans|ses|son|sont|sous|suivre|sur|une|vers|voix|vos|votre|vous)\b",
    re.IGNORECASE,
)
# Names and addresses of France are the same in English; and a French word may be spoken of.
NAMES = (
    "Défenseur des droits",
    "Noto Sans Hebrew",
    "Libre réponse 71120, 75342 Paris CEDEX 07",
    "“le”",
    "“depuis”",
)
_BLANKS = re.compile(r"\s+")
_SHOWN = """() => {
  const said = [document.title], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const english = (node) => node.closest("[lang]").lang === "en" && !node.closest("script, style, textarea");
  while (walk.nextNode()) {
    const text = walk.currentNode, marked = text.parentElement.closest(":has(> mark)");  // words found, in one sentence
    if (english(text.parentElement)) said.push(marked ? marked.textContent : text.data);
  }
  for (const name of ["alt", "aria-label", "aria-description", "placeholder", "title", "data-done"])
    for (const node of document.querySelectorAll(`[${name}]`)) if (english(node)) said.push(node.getAttribute(name));
  return said;
}"""


def french_left_on(tab: Page) -> list[str]:
    """Texts and labels of an English page that still hold French once all that people wrote is taken away."""
    written = sorted({*_written(), *NAMES}, key=len, reverse=True)
    suspect = {_folded(text) for text in tab.evaluate(_SHOWN)}
    return [text for text in sorted(suspect) if FRENCH.search(_without(text, written))]


def _without(text: str, written: list[str]) -> str:
    if _is_part_of(text, written):
        return ""
    for each in written:
        text = text.replace(each, " ")
    # What was cut short, or set in sentences of its own, is still people's.
    parts = re.split(r"…|(?<=[.!?])\s|\s·\s|, ", text)
    return " ".join(part for part in parts if not _is_part_of(part.strip(" .«»"), written))


def _is_part_of(part: str, written: list[str]) -> bool:
    return len(part) > 12 and any(part in each for each in written)


def _written() -> set[str]:
    found: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            names = [
                field.name
                for field in model._meta.concrete_fields
                if isinstance(field, CharField | TextField | JSONField)
            ]
            for row in model._default_manager.values_list(*names) if names else []:
                found.update(_strings(row))
    return {text for text in found if len(text) > 3}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from {_folded(value), *map(_folded, value.splitlines())}
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)


def _folded(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
