"""Two questions that ask the same thing: one is put, both are answered, and each person who wants it counts once.

Merges are one step deep, as ideas' are: what is merged takes nothing in, what takes others in is merged into nothing.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.meetings.wall.actions.counting import count_voices
from democratic.participation.meetings.wall.actions.owing import owe_if_over
from democratic.participation.meetings.wall.actions.records import lock_question, lock_questions, move, show
from democratic.participation.meetings.wall.events import QUESTION_MERGED, QUESTION_UNMERGED
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.participation.obligations.actions import end_obligation
from democratic.participation.obligations.models import Owed
from democratic.thread.actions import append_entry, end_link, link, recount
from democratic.thread.events import Event
from democratic.thread.models import Entry, Link, LinkKind, Record, Visibility

_TAKES = (QuestionState.PUBLISHED, QuestionState.CURRENT, QuestionState.OWED)


@transaction.atomic
def merge_questions(
    *, into: WallQuestion, merged: Iterable[WallQuestion], function: str, clock: Clock, reason: str = ""
) -> list[WallQuestion]:
    """Supports follow. ``reason`` is public; in the rush of a live hour the usual one is said for who gives none."""
    ids = {question.pk for question in merged}
    if not ids or into.pk in ids:
        raise Refusal(_("Choisissez au moins une autre question que celle qui reste."), field="into")
    locked = lock_questions({into.pk, *ids})
    target = locked.pop(into.pk)
    _refuse_unless_mergeable(target, list(locked.values()))
    why = clean_text(reason) or _("Elles demandent la même chose.")
    for question in locked.values():
        move(question, QuestionState.MERGED)
        entry = _tell(QUESTION_MERGED, question.record, target.record, why, function, clock)
        link(source=question.record, kind=LinkKind.MERGED_INTO, target=target.record, entry=entry)
        recount(question.record)
    count_voices([target.pk])
    show(target)
    return list(locked.values())


def _refuse_unless_mergeable(target: WallQuestion, merged: list[WallQuestion]) -> None:
    if any(question.meeting_id != target.meeting_id for question in merged):
        raise Refusal(_("On ne rapproche que des questions d’une même rencontre."), field="into")
    if target.record.visibility != Visibility.PUBLIC or target.record.state not in _TAKES:
        raise Conflict(_("La question qui reste n’attend plus de réponse : choisissez-en une autre."))
    if running_merges().filter(target__in=[question.pk for question in merged]).exists():
        raise Conflict(
            _("D’autres questions en ont déjà été rapprochées : choisissez-la comme celle qui reste.")
        )


@transaction.atomic
def unmerge_question(*, question: WallQuestion, function: str, clock: Clock, reason: str = "") -> None:
    """It was not the same: it is on the wall by itself again."""
    locked = lock_question(question)
    merge = running_merges().filter(source=locked.record).select_related("target").first()
    if merge is None:
        raise Conflict(_("Cette question n’est rapprochée d’aucune autre."))
    why = clean_text(reason) or _("Elle demande autre chose.")
    _part(locked, merge.target, why, function, clock)


@transaction.atomic
def part_from_gone(*, target: Record, clock: Clock) -> None:
    """The one that stood for them is shown no more, whoever took it away: they stand by themselves again."""
    ids = list(running_merges().filter(target=target).values_list("source", flat=True))
    for question in lock_questions(ids).values():
        _part(question, target, "", "", clock)


@transaction.atomic
def settle_gone(*, target: Record, clock: Clock) -> None:
    """Hidden, taken back or erased: nobody owes it an answer any more, and what it stood for stands by itself."""
    recount(target)
    part_from_gone(target=target, clock=clock)
    end_obligation(record=target, owed=Owed.ANSWER, clock=clock)


def _part(question: WallQuestion, target: Record, why: str, function: str, clock: Clock) -> None:
    recount(question.record)
    entry = _tell(QUESTION_UNMERGED, question.record, target, why, function, clock)
    end_link(source=question.record, kind=LinkKind.MERGED_INTO, target=target, entry=entry)
    count_voices([question.pk, target.pk])
    if question.record.visibility == Visibility.PUBLIC:
        move(question, QuestionState.PUBLISHED)
        owe_if_over(question, clock)
    show(question)


def running_merges() -> QuerySet[Link]:
    return Link.objects.filter(kind=LinkKind.MERGED_INTO, ended_by=None)


def _tell(event: Event, record: Record, target: Record, why: str, function: str, clock: Clock) -> Entry:
    return append_entry(
        event,
        record=record,
        now=clock.now(),
        data={"into": target.code},
        words={"reason": why, "function": clean_line(function)} if why else {},
        is_institutional=True,
    )
