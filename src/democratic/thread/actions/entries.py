import os
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from civics.ledger.canonical import canonical_json
from civics.ledger.openings import commit
from democratic.kernel.clock import local_day
from democratic.thread.events import Event
from democratic.thread.models import Authority, Entry, Opening, Origin, PendingEntry, Record


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
    entry.save(force_insert=True)
    Opening.objects.bulk_create(
        [Opening(entry=entry, part=part, salt=salts[part], value=value) for part, value in spoken.items()]
    )
    PendingEntry.objects.create(entry=entry)
    return entry
