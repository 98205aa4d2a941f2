"""Versions of stored pages. A page is stored under its scope's version; a change bumps the scope."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection

_BUMP = """
insert into kernel_pageversion (scope, version) values (%s, 2)
on conflict (scope) do update set version = kernel_pageversion.version + 1
"""


def bump(scopes: Iterable[UUID]) -> None:
    """Make every stored page of these scopes stale, in the caller's transaction; last, as rows are locked."""
    with connection.cursor() as cursor:
        for scope in sorted(set(scopes)):  # one order for all: no deadlock
            cursor.execute(_BUMP, [scope])


def version_of(scope: UUID) -> tuple[int, date]:
    """The scope's version and the database's day, in one query: a page is stale when either moved."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce((select version from kernel_pageversion where scope = %s), 1),"
            " (clock_timestamp() at time zone %s)::date",
            [scope, settings.TIME_ZONE],
        )
        version, today = cursor.fetchone()
    return version, today
