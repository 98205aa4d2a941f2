"""Days of the story. It is told so that the day of the load falls in its fifth month."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Week:
    """A weekday of a week counted from today's: market days and evenings out keep their weekday."""

    number: int
    weekday: int

    def on(self, today: date) -> date:
        return today - timedelta(days=today.weekday()) + timedelta(weeks=self.number, days=self.weekday)


@dataclass(frozen=True, slots=True)
class Days:
    """A day counted from today: lateness is told in days."""

    ahead: int

    def on(self, today: date) -> date:
        return today + timedelta(days=self.ahead)


@dataclass(frozen=True, slots=True)
class Next:
    """The first such weekday at least two days ahead."""

    weekday: int

    def on(self, today: date) -> date:
        earliest = today + timedelta(days=2)
        return earliest + timedelta(days=(self.weekday - earliest.weekday()) % 7)


When = Week | Days | Next

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHEN = re.compile(rf"d(?P<days>[+-]\d+)|(w(?P<week>[+-]?\d+)|next) (?P<weekday>{'|'.join(_DAYS)})")


def read_when(written: str) -> When:
    """``w-7 fri``: Friday seven weeks before this one. ``d+13``: in thirteen days. ``next tue``."""
    found = _WHEN.fullmatch(written)
    if found is None:
        raise ValueError(f"not a day of the story: {written!r}")
    week, days, weekday = found["week"], found["days"], found["weekday"]
    if days:
        return Days(int(days))
    return Week(int(week), _DAYS.index(weekday)) if week else Next(_DAYS.index(weekday))


@dataclass(frozen=True, slots=True)
class Calendar:
    today: date
    zone: ZoneInfo

    def day(self, when: When) -> date:
        return when.on(self.today)

    def at(self, when: When | date, hour: int, minute: int = 0) -> datetime:
        day = when if isinstance(when, date) else self.day(when)
        return datetime.combine(day, time(hour, minute), self.zone)

    def in_words(self, when: When) -> str:
        day = self.day(when)
        return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]}"
