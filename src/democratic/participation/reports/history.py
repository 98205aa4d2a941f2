"""What happened to Records, as their Entries tell it: the day, the kind of fact, the words still open."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from democratic.participation.commitments.events import COMMITMENT_MOVED, PROGRESS_TOLD
from democratic.participation.meetings.soundings.events import SOUNDING_COUNTED
from democratic.participation.polls.events import POLL_COUNTED
from democratic.thread.events import SUPPORTS_COUNTED, upcast
from democratic.thread.models import Entry

MOST_ROWS = 1000
# A word published on a commitment, whether or not it moved.
_COUNTS = (SUPPORTS_COUNTED.kind, POLL_COUNTED.kind, SOUNDING_COUNTED.kind)
_NOTES = (COMMITMENT_MOVED.kind, PROGRESS_TOLD.kind)


@dataclass(frozen=True, slots=True)
class Told:
    """One public fact. ``words`` lacks what was erased: the fact stays, its words do not."""

    entry_id: UUID
    record_id: UUID
    kind: str
    day: date
    data: Mapping[str, Any]
    words: dict[str, Any] = field(default_factory=dict)


def history_of(record_id: UUID) -> list[Told]:
    """The Entries of a Record in order, in one query; minute by minute counts of marks are left out."""
    return _told(Q(record=record_id))


def history_and_notes(record_id: UUID, commitments: Collection[UUID]) -> tuple[list[Told], dict[UUID, str]]:
    """The same, and the last word published on each of these commitments, still in one query."""
    told = _told(Q(record=record_id) | Q(record__in=commitments, kind__in=_NOTES))
    return [fact for fact in told if fact.record_id == record_id], _notes(told)


def last_notes(commitments: Collection[UUID]) -> dict[UUID, str]:
    """The last word published on each of these commitments, in the service's words."""
    return _notes(_told(Q(record__in=commitments, kind__in=_NOTES)))


def _notes(told: Iterable[Told]) -> dict[UUID, str]:
    return {
        fact.record_id: str(fact.words["note"])
        for fact in told
        if fact.kind in _NOTES and "note" in fact.words
    }


def _told(which: Q) -> list[Told]:
    rows = (
        Entry.objects.filter(which)
        .exclude(kind__in=_COUNTS)
        .order_by("id", "openings__part")
        .values_list(
            *("id", "record_id", "kind", "version", "day", "data"), "openings__part", "openings__value"
        )[:MOST_ROWS]
    )
    told: dict[UUID, Told] = {}
    for entry_id, record_id, kind, version, day, data, part, value in rows:
        fact = told.setdefault(entry_id, Told(entry_id, record_id, kind, day, upcast(kind, version, data)))
        if part is not None:
            fact.words[part] = value
    return list(told.values())
