"""Lateness is computed from dates, never stored: it appears by itself the day after."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q

from democratic.kernel.spoken import Spoken
from democratic.participation.obligations.models import Obligation, Postponement
from democratic.thread.models import Record


@dataclass(frozen=True, slots=True)
class Due:
    """A date owed, as it stands on ``today``. ``days_late`` counts from the first promise."""

    owed: str
    service: str
    first_due_on: date
    due_on: date
    met_on: date | None
    ended_on: date | None
    postponements: tuple[Postponement, ...]
    today: date

    @property
    def is_open(self) -> bool:
        return self.met_on is None and self.ended_on is None

    @property
    def days_late(self) -> int:
        if self.ended_on:
            return 0
        return max(0, ((self.met_on or self.today) - self.first_due_on).days)

    @property
    def is_late(self) -> bool:
        """Late now: promised for a day gone by, and still owed."""
        return self.is_open and self.today > self.first_due_on

    @property
    def days_left(self) -> int:
        return (self.due_on - self.today).days

    @property
    def last_reason(self) -> str:
        return self.postponements[-1].reason if self.postponements else ""


def dues_of(record_ids: list[UUID], today: date) -> dict[tuple[UUID, str], Due]:
    """Every obligation about these Records, in two queries."""
    rows = (
        Obligation.objects.filter(record_id__in=record_ids)
        .select_related("service")
        .prefetch_related("postponements")
        .annotate(language=F("record__wording__language"))
    )
    return {(row.record_id, row.owed): _due(row, today) for row in rows}


def _due(row: Obligation, today: date) -> Due:
    put_off = tuple(sorted(row.postponements.all(), key=lambda p: p.new_on))
    for each in put_off:
        each.reason = Spoken(each.reason, getattr(row, "language", ""))
    return Due(
        row.owed, row.service.name, row.first_due_on, row.due_on, row.met_on, row.ended_on, put_off, today
    )


def obligation_of(record: Record, owed: str) -> Obligation | None:
    return (
        Obligation.objects.filter(record=record, owed=owed)
        .select_related("record__authority", "service")
        .first()
    )


def count_owed(today: date) -> tuple[int, int]:
    """How many obligations are open, and how many of them late on ``today``, whoever owes them."""
    waiting = Obligation.objects.filter(met_on=None, ended_on=None)
    found = waiting.aggregate(all=Count("pk"), late=Count("pk", filter=Q(first_due_on__lt=today)))
    return found["all"], found["late"]
