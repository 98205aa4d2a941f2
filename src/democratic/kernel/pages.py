"""Versions of stored pages. A page is stored under its scope's version; a change bumps the scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection

EVERY_PAGE = UUID(int=0)  # the scope of what the frame of every page says

_BUMP = """
insert into kernel_pageversion (scope, version) values (%s, 2)
on conflict (scope) do update set version = kernel_pageversion.version + 1
"""


def bump(scopes: Iterable[UUID]) -> None:
    """Make every stored page of these scopes stale, in the caller's transaction; last, as rows are locked."""
    with connection.cursor() as cursor:
        for scope in sorted(set(scopes)):  # one order for all: no deadlock
            cursor.execute(_BUMP, [scope])


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a stored page depends on beside its own facts. ``down`` is read with the version that it moved."""

    version: int
    day: date
    down: tuple[str, ...] = ()


def stamp_of(scope: UUID) -> Stamp:
    """In one query: a page is stale when its scope's version, every page's, or the database's day moved."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce((select sum(version) from kernel_pageversion where scope in (%s, %s)), 0)::bigint,"
            " (clock_timestamp() at time zone %s)::date,"
            " array(select part from kernel_outage order by part)",
            [scope, EVERY_PAGE, settings.TIME_ZONE],
        )
        version, today, down = cursor.fetchone()
    return Stamp(version, today, tuple(down))
