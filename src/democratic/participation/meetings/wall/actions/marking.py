"""Marks of one person: she wants to know too; she was answered or not, whatever she thinks of the answer."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.wall.actions.counting import count_voices
from democratic.participation.meetings.wall.models import AnsweredMark, WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import bump_pages_of, support, unsupport
from democratic.thread.models import Kind, Support

_SUPPORTED = (QuestionState.PUBLISHED, QuestionState.CURRENT, QuestionState.OWED)


@transaction.atomic
def support_question(*, question: WallQuestion, person: Person) -> None:
    """« Moi aussi ». Under another name of hers, her voice is already counted."""
    if question.record.state not in _SUPPORTED:
        raise Conflict(_("Cette question n’attend plus : on ne peut plus la soutenir."))
    others = [each for each in person_and_claimed(person) if each != person.pk]
    if others and Support.objects.filter(record=question.record, person__in=others).exists():
        return
    if support(record=question.record, person=person):
        count_voices([question.pk])
        touch(question.meeting_id, Topic.WALL)


@transaction.atomic
def unsupport_question(*, question: WallQuestion, person: Person) -> None:
    mine = Support.objects.filter(record=question.record, person__in=person_and_claimed(person))
    taken = list(mine.select_related("person"))
    for each in taken:
        unsupport(record=question.record, person=each.person)
    if taken:
        count_voices([question.pk])
        touch(question.meeting_id, Topic.WALL)


@transaction.atomic
def mark_answered(*, question: WallQuestion, person: Person, is_answered: bool) -> None:
    """« On a répondu » or not, apart from agreement. Said again, it replaces."""
    if question.record.state != QuestionState.ANSWERED:
        raise Conflict(_("On dit si une question a reçu une réponse quand une réponse est publiée."))
    mark = AnsweredMark(question=question, person=person, is_answered=is_answered)
    AnsweredMark.objects.bulk_create(
        [mark],
        update_conflicts=True,
        unique_fields=["question", "person"],
        update_fields=["is_answered"],
    )
    others = [each for each in person_and_claimed(person) if each != person.pk]
    AnsweredMark.objects.filter(question=question, person__in=others).delete()
    bump_pages_of(question.record)


@transaction.atomic
def erase_wall_marks(*, person_ids: Collection[UUID]) -> None:
    """Hers are counted no more, and no screen says so."""
    AnsweredMark.objects.filter(person__in=person_ids).delete()
    hers = Support.objects.filter(person__in=person_ids, record__kind=Kind.WALL_QUESTION)
    supported = list(hers.select_related("record", "person").order_by("record"))
    for each in supported:
        unsupport(record=each.record, person=each.person)
    count_voices([each.record_id for each in supported])
