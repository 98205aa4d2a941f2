"""The journal as projections read it: positioned Entries, in order, in today's shapes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from democratic.thread.events import Event, known_events, upcast
from democratic.thread.models import Opening, Position


@dataclass(frozen=True, slots=True)
class JournalLine:
    """``data`` is of today's version of the kind; ``words`` are of the openings still there."""

    position: int
    kind: str
    data: Mapping[str, Any]
    record_id: UUID | None
    process_id: UUID | None
    authority_id: UUID
    origin: str
    day: date
    at: datetime | None
    entry_id: UUID
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """An Entry that this version of the program cannot read, and why."""

    position: int
    reason: str


def read_lines(start: int, stop: int) -> list[JournalLine | UnreadLine]:
    """The lines from ``start`` to before ``stop``, as far as the journal goes."""
    places = list(
        Position.objects.filter(position__gte=start, position__lt=stop)
        .select_related("entry")
        .order_by("position")
    )
    words = _words_of([place.entry_id for place in places])
    events = known_events()
    return [_read(place, words.get(place.entry_id, {}), events) for place in places]


def _words_of(entries: list[UUID]) -> dict[UUID, dict[str, Any]]:
    words: dict[UUID, dict[str, Any]] = {}
    for entry_id, part, value in Opening.objects.filter(entry__in=entries).values_list(
        "entry_id", "part", "value"
    ):
        words.setdefault(entry_id, {})[part] = value
    return words


def _read(place: Position, words: Mapping[str, Any], events: Mapping[str, Event]) -> JournalLine | UnreadLine:
    entry = place.entry
    if entry.kind not in events or entry.version > events[entry.kind].version:
        return UnreadLine(place.position, f"{entry.kind} v{entry.version} is unknown to this version")
    try:
        data = upcast(entry.kind, entry.version, entry.data)
    except Exception as fault:  # noqa: BLE001 -- an upcaster's fault is this one Entry's, whatever it is
        return UnreadLine(place.position, f"{entry.kind} v{entry.version} cannot be read: {fault!r}")
    return JournalLine(
        position=place.position,
        kind=entry.kind,
        data=data,
        words=words,
        record_id=entry.record_id,
        process_id=entry.process_id,
        authority_id=entry.authority_id,
        origin=entry.origin,
        day=entry.day,
        at=entry.at,
        entry_id=entry.pk,
    )
