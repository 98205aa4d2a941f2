"""How a question is told: who asked, by which way, where it stands."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.commitments.models import Commitment
from democratic.participation.meetings.wall.models import SpokenAnswer
from democratic.participation.meetings.wall.ordered import OnWall
from democratic.participation.meetings.wall.queries import Heard
from democratic.participation.meetings.wall.states import QuestionState
from democratic.participation.obligations.queries import Due
from democratic.thread.models import Kind
from democratic.web.formats import day, number, typo
from democratic.web.meetings.wall.places import question_path
from democratic.web.places import record_path
from democratic.web.words import ORIGINS


def who(byline: str, origin: str, *, is_ahead: bool = False) -> str:
    """« Inès, en salle », « Sans nom, à distance »; asked before, it says so."""
    parts = [byline or _("Sans nom"), str(ORIGINS[origin])]
    return ", ".join([*parts, _("avant la rencontre")] if is_ahead else parts)


def heard_by(heard: Heard) -> str:
    told = ngettext(
        "%(n)s personne sur %(all)s dit qu’on a répondu.",
        "%(n)s personnes sur %(all)s disent qu’on a répondu.",
        heard.answered,
    )
    return told % {"n": number(heard.answered), "all": number(heard.all)}


def row_of(question: OnWall, *, is_mine: bool = False) -> dict[str, Any]:
    meta = who(question.byline, question.origin, is_ahead=question.is_ahead)
    if question.merged:
        meta += " · " + _merged(question.merged)
    return {
        "id": question.id,
        "code": question.code,
        "title": typo(question.title) or _("Ses mots ont été effacés"),
        "url": question_path(question.code),
        "origin": question.origin,
        "meta": meta,
        "supports": question.supports,
        "is_current": question.is_current,
        "is_open": question.state != QuestionState.ANSWERED,
        "is_mine": is_mine,
        "up": f"{question_path(question.code)}/soutenir",
        "label": _("Moi aussi : %(title)s") % {"title": question.title},
    }


def _merged(n: int) -> str:
    return ngettext("avec une autre rapprochée", "avec %(n)s autres rapprochées", n) % {"n": number(n)}


def answer_of(answer: SpokenAnswer) -> dict[str, Any]:
    on = day(answer.approved_at) if answer.approved_at else ""
    by = _("%(function)s, par délégation") if answer.is_by_delegation else "%(function)s"
    text = answer.question.meeting.record.spoken(answer.text)
    return {"text": text, "function": by % {"function": answer.function}, "on": on}


def due_of(due: Due | None) -> dict[str, Any] | None:
    if due is None or due.met_on or due.ended_on:
        return None
    put_off = due.due_on != due.first_due_on
    return {
        "service": due.service,
        "by": day(due.due_on),
        "first": day(due.first_due_on) if put_off else "",
        "reason": due.last_reason,
        "is_late": due.is_late,
        "late": due.days_late,
    }


def promise_of(commitment: Commitment) -> dict[str, str]:
    return {
        "title": typo(commitment.record.title),
        "url": record_path(Kind.COMMITMENT, commitment.record.code),
        "by": commitment.decision.body,
    }


def promises(made: Sequence[Commitment]) -> list[dict[str, str]]:
    return [promise_of(each) for each in made]
