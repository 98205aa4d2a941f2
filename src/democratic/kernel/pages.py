"""Versions of stored pages. A page is stored under its scope's version; a change bumps the scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection

EVERY_PAGE = UUID(int=0)  # the scope of what the frame of every page says
READ_ONLY = "read_only"  # the name of a switch

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
    """What a stored page depends on beside its own facts. ``down`` is read with the version that it moved.

    Lateness and open stages change with the day, and a day begins at a quarter of an hour in every time zone.
    """

    version: int
    quarter: int
    down: tuple[str, ...] = ()
    # None when people may write, else why they may not, in the operator's words, perhaps empty.
    read_only: str | None = None


def stamp_of(scope: UUID) -> Stamp:
    """In one query: a page is stale when its scope's version, every page's, or the quarter of an hour moved."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce((select sum(version) from kernel_pageversion where scope in (%s, %s)), 0)::bigint,"
            " floor(extract(epoch from clock_timestamp()) / 900)::bigint,"
            " array(select part from kernel_outage order by part),"
            " (select reason from kernel_switch where name = %s)",
            [scope, EVERY_PAGE, READ_ONLY],
        )
        version, quarter, down, reason = cursor.fetchone()
    return Stamp(version, quarter, tuple(down), "" if settings.READ_ONLY else reason)
