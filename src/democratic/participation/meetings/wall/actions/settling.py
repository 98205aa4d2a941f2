"""What follows when moderation puts a question in the bin, or gives it back: called in the transaction that does."""

from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.wall.actions.asking import put_on_the_wall
from democratic.participation.meetings.wall.actions.counting import count_voices
from democratic.participation.meetings.wall.actions.merging import settle_gone
from democratic.participation.meetings.wall.actions.owing import owe_if_over
from democratic.participation.meetings.wall.actions.records import lock_question, show
from democratic.participation.meetings.wall.events import QUESTION_PUT
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.states import NEXT, QuestionState
from democratic.participation.obligations.actions import reopen
from democratic.participation.obligations.models import Owed
from democratic.thread.actions import recount, set_state
from democratic.thread.actions.records import set_shown, was_published
from democratic.thread.models import Record, Visibility


@transaction.atomic
def settle_binned(*, record: Record, clock: Clock) -> None:
    """It is hidden: those merged into it stand by themselves. One that was answered keeps its state, for its return."""
    question = lock_question(WallQuestion(pk=record.pk))
    settle_gone(target=record, clock=clock)
    if QuestionState.BINNED in NEXT[QuestionState(question.record.state)]:
        set_state(question.record, QuestionState.BINNED)
    count_voices([question.pk])
    show(question, Topic.TEAM)


@transaction.atomic
def settle_given_back(*, record: Record, clock: Clock) -> None:
    """An appeal was right: on the wall again, or for the first time if it was refused before it was published."""
    question = lock_question(WallQuestion(pk=record.pk))
    if not was_published(record, QUESTION_PUT):
        put_on_the_wall(question, clock)
        return
    set_shown(record=question.record, visibility=Visibility.PUBLIC)
    if question.record.state in (QuestionState.BINNED, QuestionState.CURRENT):
        set_state(question.record, QuestionState.PUBLISHED)
        owe_if_over(question, clock)
    elif question.record.state == QuestionState.OWED:
        reopen(record=question.record, owed=Owed.ANSWER, clock=clock)
    recount(question.record)
    count_voices([question.pk])
    show(question, Topic.TEAM)
