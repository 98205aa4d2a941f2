"""One question at a time has the floor; the others wait where they were."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.participation.meetings.wall import locks
from democratic.participation.meetings.wall.actions.records import lock_question, lock_questions, move, show
from democratic.participation.meetings.wall.events import QUESTION_CALLED, QUESTION_PUT_BACK
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.participation.obligations.models import Obligation, Owed
from democratic.thread.actions import append_entry
from democratic.thread.events import Event
from democratic.thread.models import Visibility


@transaction.atomic
def call_question(*, question: WallQuestion, clock: Clock) -> None:
    """Put it to whoever answers. The one that had the floor goes back to where it stood. Called twice is once."""
    locks.hold_alone(question.meeting_id)
    meeting = Meeting.objects.select_related("record").get(pk=question.meeting_id)
    if meeting.record.state != MeetingState.LIVE:
        raise Conflict(_("La rencontre n’est pas ouverte : une question se pose en direct."))
    locked = lock_question(question)
    if locked.record.state == QuestionState.CURRENT:
        return
    before = WallQuestion.objects.filter(
        meeting=meeting, record__state=QuestionState.CURRENT, record__visibility=Visibility.PUBLIC
    )
    for other in lock_questions(before.values_list("pk", flat=True)).values():
        _put_back(other, clock)
    move(locked, QuestionState.CURRENT)
    now = clock.now()
    WallQuestion.objects.filter(pk=locked.pk).update(put_at=now)
    _tell(QUESTION_CALLED, locked, clock)
    show(locked, Topic.TEAM)


@transaction.atomic
def put_back_question(*, question: WallQuestion, clock: Clock) -> None:
    locks.hold_alone(question.meeting_id)
    locked = lock_question(question)
    if locked.record.state != QuestionState.CURRENT:
        return
    _put_back(locked, clock)
    show(locked, Topic.TEAM)


def _put_back(question: WallQuestion, clock: Clock) -> None:
    """What was answered stays answered, what was owed stays owed."""
    move(question, _stood(question))
    _tell(QUESTION_PUT_BACK, question, clock)


def _stood(question: WallQuestion) -> QuestionState:
    if question.answered_at:
        return QuestionState.ANSWERED
    owed = Obligation.objects.filter(record=question.record, owed=Owed.ANSWER, met_on=None, ended_on=None)
    return QuestionState.OWED if owed.exists() else QuestionState.PUBLISHED


def _tell(event: Event, question: WallQuestion, clock: Clock) -> None:
    append_entry(event, record=question.record, now=clock.now(), is_institutional=True)
