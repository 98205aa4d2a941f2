"""A Record's history in public: each Entry in one sentence, with its day, what changed, and by which function."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from democratic.participation.processes.models import Step
from democratic.participation.reports.history import Told
from democratic.thread.models import Record
from democratic.web import words
from democratic.web.formats import day
from democratic.web.journal.words import SAYS


@dataclass(frozen=True, slots=True)
class Line:
    """``quote``: what was said with it, in the words of who did it; empty once erased."""

    on: date
    text: str
    who: str
    quote: str


def lines_of(history: Iterable[Told], record: Record) -> list[Line]:
    return [
        Line(told.day, _sentence(told), _who(told.words), record.spoken(_quote(told))) for told in history
    ]


def _who(said: Mapping[str, Any]) -> str:
    """A function, a service, or an official's name: never an agent's."""
    if said.get("name"):
        return ", ".join(str(said[part]) for part in ("name", "function") if said.get(part))
    return str(
        said.get("function") or said.get("service") or said.get("ordered_by") or said.get("body") or ""
    )


def _quote(told: Told) -> str:
    if told.kind in _WITH_TEXT:
        return ""
    return str(next((told.words[part] for part in ("reason", "note", "account") if told.words.get(part)), ""))


# Their words are the page's own: the history does not say them twice.
_WITH_TEXT = {"answer_signed"}


def _sentence(told: Told) -> str:
    say = _SENTENCES.get(told.kind)
    return say(told.data) if say else str(SAYS.get(told.kind, told.kind))


def _moved(of: str) -> Callable[[Mapping[str, Any]], str]:
    def say(data: Mapping[str, Any]) -> str:
        return _("Passe de « %(old)s » à « %(new)s »") % {
            "old": words.state_word(str(data["from"]), of),
            "new": words.state_word(str(data["to"]), of),
        }

    return say


def _postponed(data: Mapping[str, Any]) -> str:
    return _("Reporté du %(old)s au %(new)s. Première date promise : %(first)s") % {
        "old": _day(data["previous_on"]),
        "new": _day(data["new_on"]),
        "first": _day(data["first_due_on"]),
    }


def _signed(data: Mapping[str, Any]) -> str:
    verdict = words.state_word(str(data["verdict"]), "answer")
    if data.get("replaces"):
        return _("Réponse signée : %(verdict)s. Elle remplace %(code)s") % {
            "verdict": verdict,
            "code": data["replaces"],
        }
    return _("Réponse signée : %(verdict)s") % {"verdict": verdict}


def _approved(data: Mapping[str, Any]) -> str:
    told = (
        _("Approuvée le %(day)s, par délégation") if data.get("by_delegation") else _("Approuvée le %(day)s")
    )
    return told % {"day": _day(data["approved_on"])}


def _stage(text: Any) -> Callable[[Mapping[str, Any]], str]:
    def say(data: Mapping[str, Any]) -> str:
        return str(text) % {
            "step": Step(str(data["step"])).label,
            "day": _day(data["closes_on"]) if "closes_on" in data else "",
        }

    return say


def _day(iso: object) -> str:
    return day(date.fromisoformat(str(iso)))


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "contribution_grouped": lambda data: _("Rapprochée du sujet %(code)s") % {"code": data["theme"]},
    "contribution_ungrouped": lambda data: _("Détachée du sujet %(code)s") % {"code": data["theme"]},
    "idea_merged": lambda data: _("Fusionnée dans %(code)s") % {"code": data["into"]},
    "idea_unmerged": lambda data: _("N’est plus fusionnée dans %(code)s") % {"code": data["into"]},
    "idea_split": lambda data: _("Scindée en %(codes)s") % {"codes": ", ".join(data["parts"])},
    "idea_part_opened": lambda data: (
        _("Part de %(code)s, sous un titre donné par le service") % {"code": data["whole"]}
    ),
    "idea_rejoined": lambda _data: _("N’est plus scindée"),
    "answer_signed": _signed,
    "obligation_opened": lambda data: _("Échéance promise pour le %(day)s") % {"day": _day(data["due_on"])},
    "obligation_postponed": _postponed,
    "commitment_moved": _moved("commitment"),
    "action_moved": _moved("action"),
    "stage_moved": _stage(gettext_lazy("Étape %(step)s : dates changées, jusqu’au %(day)s")),
    "approval_given": _approved,
    "stage_done": _stage(gettext_lazy("Étape %(step)s : faite")),
    "record_reworded": lambda data: _("Texte modifié, version %(n)s") % {"n": data["version"]},
}
