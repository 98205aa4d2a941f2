"""The only clock of the domain is the database's, so that every process agrees on what is late."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from django.db import connection


class Clock(Protocol):
    def now(self) -> datetime:
        """An aware datetime."""


class DatabaseClock:
    """``stands_at`` is set by a rehearsal alone, in a process and a database of its own."""

    stands_at: datetime | None = None

    def now(self) -> datetime:
        if self.stands_at is not None:
            return self.stands_at
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
            moment: datetime = cursor.fetchone()[0]
            return moment


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still: tests, the demo territory and imports set the time that was."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


DATABASE_CLOCK = DatabaseClock()


def local_day(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date()
