"""How far behind each part of the journal is: shown by /readyz, and by `democratic journal status`."""

from datetime import UTC, datetime
from typing import TypedDict
from uuid import UUID

from django.db import connection

from democratic.kernel.clock import DATABASE_CLOCK, Clock
from democratic.thread.journal.heads import read_head
from democratic.thread.journal.projections import projections
from democratic.thread.models import Cursor, ParkedEntry, PendingEntry

BEAT = "sequencer"

_BEAT = """
insert into thread_cursor (name, position, moved_at) values (%s, %s, clock_timestamp())
on conflict (name) do update set position = excluded.position, moved_at = excluded.moved_at
"""


class Lags(TypedDict):
    """Counts of Entries, and ages in seconds; ``beat_age`` is None when no sequencer ever ran here."""

    pending: int
    oldest_pending_age: float
    beat_age: float | None
    size: int
    projections: dict[str, int]
    parked: dict[str, int]


def beat() -> None:
    """The sequencer's sign of life, in the database, where every machine sees it."""
    with connection.cursor() as cursor:
        cursor.execute(_BEAT, [BEAT, read_head().size])


def lags(clock: Clock = DATABASE_CLOCK) -> Lags:
    now, size = clock.now(), read_head().size
    moved = {name: (position, at) for name, position, at in Cursor.objects.values_list()}
    beat_at = moved[BEAT][1] if BEAT in moved else None
    names = [each.name for each in projections()]
    parked = list(ParkedEntry.objects.filter(projection__in=names).values_list("projection", flat=True))
    return {
        "pending": PendingEntry.objects.count(),
        "oldest_pending_age": _oldest_age(now),
        "beat_age": max(0.0, (now - beat_at).total_seconds()) if beat_at else None,
        "size": size,
        "projections": {name: size - moved[name][0] if name in moved else size for name in names},
        "parked": {name: parked.count(name) for name in names},
    }


def _oldest_age(now: datetime) -> float:
    oldest = PendingEntry.objects.order_by("pk").values_list("pk", flat=True).first()
    return max(0.0, (now - _written_at(oldest)).total_seconds()) if oldest else 0.0


def _written_at(entry_id: UUID) -> datetime:
    """The moment that a UUIDv7 holds in its first 48 bits (RFC 9562, section 5.7)."""
    return datetime.fromtimestamp((entry_id.int >> 80) / 1000, UTC)
