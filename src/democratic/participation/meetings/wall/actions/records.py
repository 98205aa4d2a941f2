"""What the acts of the wall share: a question under its lock, moved in public."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.rules import refuse_unless_next
from democratic.participation.meetings.wall.states import QuestionState
from democratic.thread.actions import bump_pages_of, set_state_of_each
from democratic.thread.models import Record


def lock_questions(ids: Iterable[UUID]) -> dict[UUID, WallQuestion]:
    """In one order, so that two who merge the same ones never wait for each other in a ring."""
    wanted = sorted(ids)
    list(
        Record.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk").values_list("pk")
    )
    found = WallQuestion.objects.filter(pk__in=wanted).select_related(
        "record__authority", "record__wording", "record__process", "meeting__record"
    )
    return {question.pk: question for question in found}


def lock_question(question: WallQuestion) -> WallQuestion:
    return lock_questions([question.pk])[question.pk]


def move(question: WallQuestion, to: QuestionState) -> None:
    """Refuse what its life does not allow; the Entry is the caller's."""
    move_each([question], to)


def move_each(questions: Sequence[WallQuestion], to: QuestionState) -> None:
    for question in questions:
        refuse_unless_next(question.record, to)
    set_state_of_each([question.record for question in questions], to)


def show(question: WallQuestion, *topics: Topic) -> None:
    """Screens and stored pages are made anew."""
    touch(question.meeting_id, Topic.WALL, *topics)
    bump_pages_of(question.record)
