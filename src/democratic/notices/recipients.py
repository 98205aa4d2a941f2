"""Who is told of what: those who said it, and those who follow it, at the volume that they chose."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from democratic.messaging.models import Correspondent
from democratic.participation.answers.models import Answer
from democratic.people.models import ContactAddress, Person
from democratic.thread.models import Follow, Kind, Link, LinkKind, Record, Visibility, Volume
from democratic.thread.queries.wholes import running_splits


def authors_behind(subject_ids: Iterable[UUID]) -> set[UUID]:
    """Who said these ideas, those merged into them, or those of these themes that are not answered on their own."""
    ids = list(subject_ids)
    answered_apart = Answer.objects.filter(is_current=True, subject__kind=Kind.IDEA).values("subject")
    merged = Link.objects.filter(kind=LinkKind.MERGED_INTO, ended_by=None, target__in=ids).values("source")
    said = Q(pk__in=ids) | Q(pk__in=merged) | (Q(theme__in=ids) & ~Q(pk__in=answered_apart))
    authors = Record.objects.filter(said, kind=Kind.IDEA, visibility=Visibility.PUBLIC, author__isnull=False)
    return set(authors.values_list("author", flat=True))


def wholes_behind(subject_id: UUID) -> set[UUID]:
    """What was split into this idea, or into ideas of this theme: who follows the whole hears of its parts."""
    cut = running_splits().filter(Q(source=subject_id) | Q(source__theme=subject_id))
    shown = cut.filter(source__visibility=Visibility.PUBLIC, target__visibility=Visibility.PUBLIC)
    return set(shown.values_list("target", flat=True))


def subjects_of_decision(decision_id: UUID) -> list[UUID]:
    """The themes and ideas whose answers led to this decision."""
    answers = Link.objects.filter(target=decision_id, kind=LinkKind.DECIDED_BY, ended_by=None)
    return list(Answer.objects.filter(pk__in=answers.values("source")).values_list("subject", flat=True))


def followers_of(record_ids: Iterable[UUID], *, volumes: Iterable[str]) -> set[UUID]:
    follows = Follow.objects.filter(record__in=list(record_ids), volume__in=list(volumes))
    return set(follows.values_list("person", flat=True))


def silenced(record_ids: Iterable[UUID]) -> set[UUID]:
    return followers_of(record_ids, volumes=[Volume.NOTHING])


def confirmed_addresses(person_ids: Iterable[UUID]) -> list[ContactAddress]:
    """One row for each address, whichever of a person's identities left it."""
    roots = Person.objects.filter(pk__in=list(person_ids)).values_list(Coalesce("root", F("id")), flat=True)
    known = Q(person__in=list(roots)) | Q(person__root__in=list(roots))
    rows = ContactAddress.objects.filter(known, confirmed_at__isnull=False, stopped_at=None).order_by("pk")
    return list({row.email: row for row in rows}.values())


def correspondents_told(person_ids: Iterable[UUID], authority_id: UUID) -> list[Correspondent]:
    """On the channels where they asked to hear what it becomes, whichever of a person's identities did."""
    roots = Person.objects.filter(pk__in=list(person_ids)).values_list(Coalesce("root", F("id")), flat=True)
    known = Q(person__in=list(roots)) | Q(person__root__in=list(roots))
    told = Correspondent.objects.filter(
        known, authority=authority_id, is_told=True, stopped_at=None, gone_at=None, is_leaving=False
    )
    return list(told.select_related("authority").order_by("pk"))
