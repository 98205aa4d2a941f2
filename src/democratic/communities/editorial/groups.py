"""Reads of opposition groups: which there are, and who writes in their name."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Q

from democratic.communities.editorial.models import OppositionGroup, OppositionMember, Publication
from democratic.people.models import Person
from democratic.thread.models import Authority


def groups_of(authority: Authority) -> list[OppositionGroup]:
    """By name, with how many people write in each (``writing``)."""
    counted = OppositionGroup.objects.filter(authority=authority).annotate(
        writing=Count("members", filter=Q(members__until=None, members__person__isnull=False))
    )
    return list(counted.order_by("name"))


def members_of(group: OppositionGroup) -> list[Person]:
    held = OppositionMember.objects.filter(group=group, until=None, person__isnull=False)
    people = Person.objects.filter(pk__in=held.values("person"), account__isnull=False)
    return list(people.select_related("account").order_by("account__email"))


def groups_written_by(authority: Authority, person_ids: Collection[UUID]) -> list[OppositionGroup]:
    mine = OppositionMember.objects.filter(person__in=person_ids, until=None)
    return list(OppositionGroup.objects.filter(authority=authority, members__in=mine).order_by("name"))


def columns_of(
    groups: Collection[OppositionGroup], *, offset: int, limit: int
) -> tuple[list[Publication], int]:
    """What these groups published, the newest first."""
    found = Publication.objects.filter(group__in=groups).select_related(
        "record__wording", "group", "authority"
    )
    return list(found.order_by("-appears_at", "-pk")[offset : offset + limit]), found.count()
