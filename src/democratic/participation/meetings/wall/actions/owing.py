"""What is not answered aloud is owed in writing, by a service, for a day: nobody's question ends with the meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Service
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.participation.meetings.wall import locks
from democratic.participation.meetings.wall.actions.records import (
    lock_question,
    lock_questions,
    move_each,
    show,
)
from democratic.participation.meetings.wall.events import QUESTION_OWED
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.participation.obligations.actions import owe_for_each
from democratic.participation.obligations.models import Obligation, Owed
from democratic.thread.actions import Fact, append_entries
from democratic.thread.models import Visibility

DAYS_TO_WRITE = 15
_WITHOUT_CLOSING = (MeetingState.CANCELLED, MeetingState.HELD)  # never run from here


@dataclass(frozen=True, slots=True)
class Promised:
    """Who writes, and before when."""

    service: Service
    due_on: date


def promised_by_default(meeting: Meeting) -> Promised | None:
    """The service of its process, two weeks after it closed, or was to be. None: in no process, someone must say who."""
    whole = Meeting.objects.select_related("process__mandate__service", "record__authority").get(
        pk=meeting.pk
    )
    is_over = whole.closed_at is not None or whole.record.state in _WITHOUT_CLOSING
    if whole.process is None or not is_over:
        return None
    closed_on = local_day(whole.closed_at or whole.ends_at, whole.record.authority.time_zone)
    return Promised(whole.process.mandate.service, closed_on + timedelta(days=DAYS_TO_WRITE))


@transaction.atomic
def owe_answer(*, question: WallQuestion, promised: Promised, function: str, clock: Clock) -> Obligation:
    """« Je réponds par écrit avant le… ». The first date stays: a later one is a postponement, with its reason."""
    locked = lock_question(question)
    refuse_a_day_gone_by(locked.meeting, promised.due_on, clock)
    if Obligation.objects.filter(record=locked.record, owed=Owed.ANSWER).exists():
        raise Conflict(
            _("Une réponse est déjà promise : la date se reporte avec sa raison, elle ne s’efface pas.")
        )
    [obligation] = _owe([locked], promised, function, clock)
    show(locked, Topic.TEAM)
    return obligation


def refuse_a_day_gone_by(meeting: Meeting, due_on: date, clock: Clock) -> None:
    if due_on < local_day(clock.now(), meeting.record.authority.time_zone):
        raise Refusal(_("Cette date est passée : choisissez-en une à venir."), field="due_on")


def _owe(
    questions: Sequence[WallQuestion], promised: Promised, function: str, clock: Clock
) -> list[Obligation]:
    move_each(questions, QuestionState.OWED)
    records = [question.record for question in questions]
    data, words = {"due_on": promised.due_on.isoformat()}, {"function": clean_line(function)}
    facts = (Fact(record, data, words) for record in records)
    append_entries(QUESTION_OWED, facts, now=clock.now(), is_institutional=True)
    return owe_for_each(
        records=records, owed=Owed.ANSWER, service=promised.service, due_on=promised.due_on, clock=clock
    )


def owe_if_over(question: WallQuestion, clock: Clock) -> None:
    """What comes on the wall once it is closed is owed at once, as the rest was. Not before the day it came."""
    if question.meeting.record.state not in (MeetingState.CLOSED, MeetingState.HELD):
        return
    promised = _still_to_come(promised_by_default(question.meeting), question.meeting, clock)
    known = Obligation.objects.filter(record=question.record, owed=Owed.ANSWER)
    if promised is not None and not known.exists():
        _owe([question], promised, "", clock)


def _still_to_come(promised: Promised | None, meeting: Meeting, clock: Clock) -> Promised | None:
    """Told long after, its day by default may be gone by: tomorrow then."""
    today = local_day(clock.now(), meeting.record.authority.time_zone)
    return promised and Promised(promised.service, max(promised.due_on, today + timedelta(days=1)))


@transaction.atomic
def close_wall(
    *, meeting: Meeting, clock: Clock, promised: Promised | None = None, function: str = ""
) -> int:
    """Called when the meeting closes, in its transaction, and again by who names a service: how many are owed now.

    Without a service (a meeting in no process) they stay on the wall until the team says who writes.
    """
    locks.hold_alone(meeting.pk)
    promised = promised or _still_to_come(promised_by_default(meeting), meeting, clock)
    if promised is None:
        return 0
    refuse_a_day_gone_by(meeting, promised.due_on, clock)
    open_now = WallQuestion.objects.filter(
        meeting=meeting,
        record__visibility=Visibility.PUBLIC,
        record__state__in=(QuestionState.PUBLISHED, QuestionState.CURRENT),
    )
    questions = lock_questions(open_now.values_list("pk", flat=True)).values()
    known = set(
        Obligation.objects.filter(
            record__in=[question.pk for question in questions], owed=Owed.ANSWER
        ).values_list("record", flat=True)
    )
    move_each([question for question in questions if question.pk in known], QuestionState.OWED)
    _owe([question for question in questions if question.pk not in known], promised, function, clock)
    if last := next(iter(questions), None):
        show(last, Topic.TEAM)
    return len(questions)
