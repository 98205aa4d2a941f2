"""Versions of stored pages. A page is stored under its scope's version; a change bumps the scope."""

from collections.abc import Iterable
from uuid import UUID

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


def version_of(scope: UUID) -> tuple[int, int]:
    """The scope's version and the quarter of an hour, in one query: a page is stale when either moved.

    Lateness and open stages change with the day, and a day begins at a quarter of an hour in every time zone.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce((select version from kernel_pageversion where scope = %s), 1),"
            " floor(extract(epoch from clock_timestamp()) / 900)::bigint",
            [scope],
        )
        version, quarter = cursor.fetchone()
    return version, quarter
