"""A draft of a flow, step by step: each function gives the next content, and changes nothing by itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from civics.reach.flow import END

Content = Mapping[str, Any]


def starter(languages: Sequence[str], *, tu: bool) -> dict[str, Any]:
    """A flow to begin from: a tap, the age, a sentence, a question on councils, and whether to be told."""
    texts = _in_each(languages, _familiar if tu else _polite)
    labels = _in_each(languages, _answers)
    options = [{"key": key, "label": labels[key]} for key in labels]
    kinds = (
        ("choice", "first"),
        ("age_band", "age"),
        ("text", "idea"),
        ("in_body", "in_body"),
        ("consent", "news"),
    )
    steps: list[dict[str, Any]] = [{"kind": kind, "key": key, "text": texts[key]} for kind, key in kinds]
    steps[0]["options"] = options
    return {"languages": list(languages), "intro": texts["intro"], "outro": texts["outro"], "steps": steps}


def _in_each(languages: Sequence[str], say: Callable[[], dict[str, str]]) -> dict[str, dict[str, str]]:
    """By key, then by language."""
    said: dict[str, dict[str, str]] = {}
    for language in languages:
        with override(language):
            for key, words in say().items():
                said.setdefault(key, {})[language] = words
    return said


def _answers() -> dict[str, str]:
    return {key: _("Réponse %(n)d") % {"n": n} for n, key in enumerate(("one", "two", "three"), start=1)}


def _polite() -> dict[str, str]:
    return {
        "intro": _(
            "Message automatique. Quelques questions, une minute, sans compte. STOP pour arrêter, QUI pour savoir"
            " qui nous sommes."
        ),
        "first": _("Écrivez ici la première question."),
        "age": _("Quel âge avez-vous ?"),
        "idea": _("En une phrase, qu’est-ce qui changerait tout ?"),
        "in_body": _("Déjà membre d’un conseil ou d’un comité ?"),
        "news": _("Vous dire ce que cela devient ?"),
        "outro": _("Merci. Une réponse publique vous attend, avec sa date."),
    }


def _familiar() -> dict[str, str]:
    return _polite() | {
        "intro": _(
            "Message automatique. Quelques questions, une minute, sans compte. STOP pour arrêter, QUI pour savoir"
            " qui on est."
        ),
        "age": _("Tu as quel âge ?"),
        "news": _("On te dit ce que ça devient ?"),
        "outro": _("Merci ! Une réponse publique t’attend, avec sa date."),
    }


def with_step(content: Content, step: Mapping[str, Any]) -> dict[str, Any]:
    """In the place of the one that has its key; else last but for what closes the conversation."""
    steps = list(content["steps"])
    for rank, each in enumerate(steps):
        if each["key"] == step["key"]:
            steps[rank] = dict(step)
            return {**content, "steps": steps}
    return {**content, "steps": [*steps, dict(step)]}


def without_step(content: Content, key: str) -> dict[str, Any]:
    """What led to it leads to the next one."""
    steps = [_not_going_to(each, key) for each in content["steps"] if each["key"] != key]
    return {**content, "steps": steps}


def _not_going_to(step: Mapping[str, Any], key: str) -> dict[str, Any]:
    kept = dict(step)
    if kept.get("silence") and kept["silence"].get("goes") == key:
        kept["silence"] = {**kept["silence"], "goes": END}
    if "options" in kept:
        kept["options"] = [
            {**each, "goes": None if each.get("goes") == key else each.get("goes")}
            for each in kept["options"]
        ]
    return kept


def moved(content: Content, key: str, by: int) -> dict[str, Any]:
    """One place up or down; at an end it stays."""
    steps = list(content["steps"])
    at = next((rank for rank, each in enumerate(steps) if each["key"] == key), None)
    if at is not None and 0 <= at + by < len(steps):
        steps[at], steps[at + by] = steps[at + by], steps[at]
    return {**content, "steps": steps}


def new_key(content: Content, kind: str) -> str:
    taken = {each["key"] for each in content["steps"]}
    number = 1
    while f"{kind}{number}" in taken:
        number += 1
    return f"{kind}{number}"


def options_of(
    lines: Sequence[Sequence[str]], languages: Sequence[str], before: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """``lines``: one option each, its label in each language. One that keeps its first label keeps its key."""
    keys = {each["label"].get(languages[0]): each["key"] for each in before}
    goes = {each["key"]: each.get("goes") for each in before}
    made: list[dict[str, Any]] = []
    for cells in lines:
        labels = {language: cell for language, cell in zip(languages, cells, strict=False) if cell}
        first = labels.get(languages[0], "")
        key = keys.get(first) or _option_key(first, {each["key"] for each in made} | set(keys.values()))
        made.append({"key": key, "label": labels, "goes": goes.get(key)})
    return made


def _option_key(label: str, taken: set[str]) -> str:
    base = slugify(label).replace("-", "_")[:30].strip("_") or "option"
    base = base if base[0].isalpha() else f"o_{base}"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key
