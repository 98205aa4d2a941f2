from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from democratic.people.models import Account
from democratic.thread.models import Authority, Grant


def running_grants(authority: Authority) -> QuerySet[Grant]:
    return Grant.objects.filter(authority=authority, until=None)


def works_here(person_ids: Collection[UUID], authority: Authority) -> bool:
    return running_grants(authority).filter(person__in=person_ids).exists()


def accounts_of_staff(authority: Authority) -> QuerySet[Account]:
    """Who has a role here, or had one: a directory still names who left."""
    return Account.objects.filter(person__grants__authority=authority).distinct().order_by("pk")
