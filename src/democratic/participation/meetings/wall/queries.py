"""Reads of the wall: a page of it in one order or another, one question, what was said of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from democratic.participation.commitments.models import Commitment
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.wall.models import (
    AnsweredMark,
    SpokenAnswer,
    SuggestedFact,
    WallQuestion,
)
from democratic.participation.meetings.wall.rules import TOLD_FROM
from democratic.participation.meetings.wall.states import QuestionState
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.models import LinkKind, Support, Visibility
from democratic.thread.queries import RecordNotFound
from democratic.thread.rules import Viewer, records_in_reach, visible_records


class Shelf(models.TextChoices):
    """What of the wall one looks at."""

    OPEN = "mur", _("Au mur")
    ANSWERED = "repondues", _("Répondues")
    OWED = "dues", _("Dues par écrit")
    ALL = "toutes", _("Toutes")


TABS = (Shelf.OPEN, Shelf.ANSWERED, Shelf.OWED)
STATES = {
    Shelf.ALL: (
        QuestionState.CURRENT,
        QuestionState.PUBLISHED,
        QuestionState.ANSWERED,
        QuestionState.OWED,
    ),
    Shelf.OPEN: (QuestionState.CURRENT, QuestionState.PUBLISHED),
    Shelf.ANSWERED: (QuestionState.ANSWERED,),
    Shelf.OWED: (QuestionState.OWED,),
}


def get_wall_question_for(viewer: Viewer, code: str) -> WallQuestion:
    """Raises RecordNotFound."""
    found = WallQuestion.objects.filter(record__in=visible_records(viewer), record__code=code)
    return _one(found, code)


def get_question_to_sort(viewer: Viewer, meeting: Meeting, code: str) -> WallQuestion:
    """What waits to be read too, for who runs the meeting. Raises RecordNotFound."""
    shown = records_in_reach(viewer).filter(visibility__in=(Visibility.PUBLIC, Visibility.HELD))
    return _one(WallQuestion.objects.filter(record__in=shown, meeting=meeting, record__code=code), code)


def _one(found: models.QuerySet[WallQuestion], code: str) -> WallQuestion:
    whole = found.select_related(
        "record__wording",
        "record__authority",
        "record__process",
        "record__withdrawal",
        "meeting__record__wording",
        "meeting__record__withdrawal",
        "meeting__process",
    )
    question = whole.first()
    if question is None:
        raise RecordNotFound(code)
    return question


@dataclass(frozen=True, slots=True)
class WallCounts:
    """How many by shelf; those that were merged are counted with the one that stands for them."""

    open: int
    answered: int
    owed: int
    merged: int

    @property
    def all(self) -> int:
        return self.open + self.answered + self.owed

    def on(self, shelf: Shelf) -> int:
        counted = {Shelf.OPEN: self.open, Shelf.ANSWERED: self.answered, Shelf.OWED: self.owed}
        return counted.get(shelf, self.all)


# Each record is found by its key: ``offset 0`` lets no other plan be made. A wall that filled in a minute is not in the
# database's statistics, by which it would read every record once a question.
_RECORDS = """
from participation_wallquestion q cross join lateral (
  select state, visibility, recorded_at from thread_record where id = q.record_id offset 0) r
where q.meeting_id = %s and r.visibility = %s
"""
_COUNTS = f"select r.state, count(*) {_RECORDS} group by r.state"
_OLDEST = f"select q.record_id {_RECORDS} order by r.recorded_at, q.record_id limit %s"


def wall_counts(meeting: Meeting) -> WallCounts:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [meeting.pk, Visibility.PUBLIC])
        n: dict[str, int] = dict(cursor.fetchall())
    return WallCounts(
        n.get(QuestionState.PUBLISHED, 0) + n.get(QuestionState.CURRENT, 0),
        n.get(QuestionState.ANSWERED, 0),
        n.get(QuestionState.OWED, 0),
        n.get(QuestionState.MERGED, 0),
    )


def waiting_questions(meeting: Meeting, *, limit: int = 50) -> list[WallQuestion]:
    """Those that wait to be read, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, [meeting.pk, Visibility.HELD, limit])
        ids: list[UUID] = [record for (record,) in cursor.fetchall()]
    found = WallQuestion.objects.select_related("record__wording").in_bulk(ids)
    return [found[each] for each in ids]


def supported_by(person: Person, questions: Collection[UUID]) -> frozenset[UUID]:
    """Which of these she supports, under any of her identities."""
    hers = Support.objects.filter(record__in=questions, person__in=person_and_claimed(person))
    return frozenset(hers.values_list("record", flat=True))


def answers_of(questions: Collection[UUID]) -> dict[UUID, list[SpokenAnswer]]:
    """What is public, the oldest first, with the words of the meeting: its language is that of who answers in it."""
    approved = SpokenAnswer.objects.filter(
        question__in=questions, state=SpokenAnswer.State.APPROVED
    ).select_related("question__meeting__record__wording")
    said: dict[UUID, list[SpokenAnswer]] = {}
    for answer in approved.order_by("approved_at", "pk"):
        said.setdefault(answer.question_id, []).append(answer)
    return said


def draft_of(question: WallQuestion) -> SpokenAnswer | None:
    return SpokenAnswer.objects.filter(question=question, state=SpokenAnswer.State.DRAFTED).first()


def facts_for(question: WallQuestion) -> list[SuggestedFact]:
    return list(
        SuggestedFact.objects.filter(question=question).select_related("service").order_by("written_at")
    )


def dues_for(questions: Sequence[UUID], today: date) -> dict[UUID, Due]:
    """The written answer that each is owed. Two queries."""
    return {
        record: due for (record, owed), due in dues_of(list(questions), today).items() if owed == Owed.ANSWER
    }


def promises_of(viewer: Viewer, questions: Collection[UUID]) -> dict[UUID, list[Commitment]]:
    """The engagements that were taken on these questions."""
    follows = Q(decision__record__links_in__source__in=questions) & Q(
        decision__record__links_in__kind=LinkKind.DECIDED_BY, decision__record__links_in__ended_by=None
    )
    found = (
        Commitment.objects.filter(follows, record__in=visible_records(viewer))
        .annotate(on_question=models.F("decision__record__links_in__source"))
        .select_related("record__wording", "decision", "service")
        .order_by("record__recorded_at")
    )
    made: dict[UUID, list[Commitment]] = {}
    for commitment in found:
        made.setdefault(commitment.on_question, []).append(commitment)
    return made


@dataclass(frozen=True, slots=True)
class Heard:
    """Of who marked it: how many say that it was answered. None is told below five marks."""

    answered: int
    all: int


def heard_of(question: WallQuestion) -> Heard | None:
    marks = AnsweredMark.objects.filter(question=question).aggregate(
        all=Count("pk"), answered=Count("pk", filter=Q(is_answered=True))
    )
    return Heard(marks["answered"], marks["all"]) if marks["all"] >= TOLD_FROM else None


def mark_of(question: WallQuestion, person: Person) -> bool | None:
    mine = AnsweredMark.objects.filter(question=question, person__in=person_and_claimed(person))
    return mine.values_list("is_answered", flat=True).first()
