"""Versions of stored pages. A page is stored under its scope's version; a change bumps the scope."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection

_BUMP = """
insert into kernel_pageversion (scope, version) values (%s, 2)
on conflict (scope) do update set version = kernel_pageversion.version + 1
"""
# Beside the version of each scope, one of all pages: what the whole installation shows or hides bumps it.
EVERYTHING = UUID(int=0)
READ_ONLY = "read_only"
_STATE = """
select coalesce((select version from kernel_pageversion where scope = %s), 1)
  + coalesce((select version from kernel_pageversion where scope = %s), 0),
  (clock_timestamp() at time zone %s)::date, (select reason from kernel_switch where name = %s)
"""


def bump(scopes: Iterable[UUID]) -> None:
    """Make every stored page of these scopes stale, in the caller's transaction; last, as rows are locked."""
    with connection.cursor() as cursor:
        for scope in sorted(set(scopes)):  # one order for all: no deadlock
            cursor.execute(_BUMP, [scope])


class PageState(NamedTuple):
    """``read_only`` is None when people may write, else why they may not."""

    version: int
    today: date
    read_only: str | None


def page_state(scope: UUID) -> PageState:
    """What a stored page depends on, in one query: it is stale when any of it moved."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [scope, EVERYTHING, settings.TIME_ZONE, READ_ONLY])
        version, today, reason = cursor.fetchone()
    return PageState(version, today, "" if settings.READ_ONLY else reason)
