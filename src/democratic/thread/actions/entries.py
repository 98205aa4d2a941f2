import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from civics.ledger.canonical import canonical_json
from civics.ledger.openings import commit
from democratic.kernel.clock import local_day
from democratic.thread.events import Event
from democratic.thread.models import Authority, Entry, Opening, Origin, PendingEntry, Record

AT_ONCE = 500  # rows of one statement

Made = tuple[Entry, list[Opening]]


@dataclass(frozen=True, slots=True)
class Fact:
    """What an Entry says of one Record. ``words`` go to its Openings."""

    record: Record
    data: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)


def append_entry(
    event: Event,
    *,
    record: Record | None,
    now: datetime,
    authority: Authority | None = None,
    data: Mapping[str, Any] | None = None,
    words: Mapping[str, Any] | None = None,
    is_institutional: bool = False,
    day: date | None = None,
) -> Entry:
    """Write one public fact in the caller's transaction; the sequencer gives it its position later.

    ``words`` go to Openings and only their salted commitments to the Entry. ``is_institutional`` keeps
    the moment, for acts of the authority; people's own acts keep the day. ``record`` is None for what
    concerns the installation itself: ``authority`` is then given. ValueError: a part of words that the
    event does not declare.
    """
    made = _made(event, record, now, authority, data, words, is_institutional=is_institutional, day=day)
    return _write([made])[0]


def append_entries(
    event: Event,
    facts: Iterable[Fact],
    *,
    now: datetime,
    is_institutional: bool = False,
) -> list[Entry]:
    """As ``append_entry``, for one fact about each of many Records: a fixed number of statements."""
    made = (
        _made(event, fact.record, now, None, fact.data, fact.words, is_institutional=is_institutional)
        for fact in facts
    )
    return _write(list(made))


def _made(
    event: Event,
    record: Record | None,
    now: datetime,
    authority: Authority | None,
    data: Mapping[str, Any] | None,
    words: Mapping[str, Any] | None,
    *,
    is_institutional: bool,
    day: date | None = None,
) -> Made:
    canonical_json(dict(data or {}))  # what no leaf can hold is refused here, not found by the sequencer
    owner = record.authority if record else authority
    if owner is None:
        raise ValueError("an Entry belongs to an authority: give its record or its authority")
    spoken = {part: value for part, value in (words or {}).items() if value not in ("", None)}
    if undeclared := set(spoken) - event.words:
        raise ValueError(f"{event.kind} does not open {sorted(undeclared)}")
    salts = {part: os.urandom(16) for part in spoken}
    entry = Entry(
        authority=owner,
        kind=event.kind,
        version=event.version,
        record=record,
        process_id=record.process_id if record else None,
        origin=record.origin if record else Origin.WEB,
        day=day or local_day(now, owner.time_zone),
        at=now if is_institutional else None,
        data=dict(data or {}),
        commitments={part: commit(salts[part], value).hex() for part, value in spoken.items()},
    )
    return entry, [
        Opening(entry=entry, part=part, salt=salts[part], value=value) for part, value in spoken.items()
    ]


def _write(made: Sequence[Made]) -> list[Entry]:
    entries = Entry.objects.bulk_create([entry for entry, _openings in made], batch_size=AT_ONCE)
    Opening.objects.bulk_create(
        [opening for _entry, openings in made for opening in openings], batch_size=AT_ONCE
    )
    PendingEntry.objects.bulk_create([PendingEntry(entry=entry) for entry in entries], batch_size=AT_ONCE)
    return entries
