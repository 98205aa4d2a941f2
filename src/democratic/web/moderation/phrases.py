"""How a decision is said: the same words in the register, on its page, and to whom it concerns."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.models import Ruling
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.models import Kind
from democratic.web.formats import day
from democratic.web.places import at, record_path


def ruling_path(code: str) -> str:
    return at(f"/moderation/{code}")


def desk_path(page: str = "") -> str:
    return at("/bureau/moderation" + (f"/{page}" if page else ""))


def what_was_decided(ruling: Ruling) -> str:
    """The word of the outcome; a word that was given back says so."""
    first = ruling.second_to
    if first is not None and first.outcome != Outcome.KEPT and ruling.outcome == Outcome.KEPT:
        return _("Remise en ligne")
    return str(Outcome(ruling.outcome).label)


def shape_of(outcome: str) -> str:
    """The state code that draws it: see face.md."""
    return "kept" if outcome == Outcome.KEPT else "withdrawn"


def of_what(kind: str) -> str:
    told = {
        Kind.COMMENT: _("commentaire"),
        Kind.COLUMN: _("tribune"),
        Kind.ORGANISATION: _("page d’organisation"),
        Kind.WALL_QUESTION: _("question à une rencontre"),
    }
    return told.get(Kind(kind)) or _("contribution")


def how_found(ruling: Ruling) -> str:
    if ruling.was_flagged_automatically:
        return _("Repérée par un calcul, puis lue et décidée par une personne")
    if ruling.outcome == Outcome.REFUSED:
        return _("Lue avant publication, et décidée par une personne")
    return _("Signalée par quelqu’un, et décidée par une personne")


def became(ruling: Ruling) -> str:
    """What an appeal changed; empty without one that was answered."""
    second = getattr(ruling, "second", None)
    if second is None:
        return ""
    if second.outcome == ruling.outcome:
        return _("Confirmée après recours")
    return _("Annulée après recours")


def ruling_row(ruling: Ruling) -> dict[str, Any]:
    """For web/moderation/rulings.html."""
    title = _("%(rule)s · %(what)s %(code)s") % {
        "rule": Rule(ruling.rule).label,
        "what": of_what(ruling.subject.kind),
        "code": ruling.subject.code,
    }
    return {
        "title": title,
        "url": ruling_path(ruling.record.code),
        "meta": " · ".join(
            part for part in (day(ruling.record.happened_at), how_found(ruling), became(ruling)) if part
        ),
        "facts": ruling.record.text,
        "state": shape_of(ruling.outcome),
        "label": what_was_decided(ruling),
    }


def subject_url(ruling: Ruling) -> str:
    """Where the word was, or is: its own page says that it is gone."""
    return record_path(ruling.subject.kind, ruling.subject.code)


def rule_choice(rule: Rule, means: str | Promise) -> str:
    return _("%(rule)s. %(means)s") % {"rule": rule.label, "means": means}
