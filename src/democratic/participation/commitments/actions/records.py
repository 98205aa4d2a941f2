"""What the acts of this applet share: a Record of the authority, opened or locked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from democratic.kernel.clock import Clock
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import NewRecord, Words, open_record, refuse_if_withdrawn
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.events import Event
from democratic.thread.models import Kind, Origin, Record


def lock_record(record_id: UUID) -> Record:
    record = Record.objects.select_for_update(of=("self",)).select_related("authority").get(pk=record_id)
    refuse_if_withdrawn(record)
    return record


def open_institutional(
    process: Process,
    kind: Kind,
    words: Words,
    event: Event,
    clock: Clock,
    *,
    author: Person | None,
    state: str,
    data: Mapping[str, Any],
    extra_words: Mapping[str, str] | None = None,
    origin: Origin = Origin.WEB,
) -> Record:
    record = open_record(
        NewRecord(
            authority=process.record.authority,
            kind=kind,
            process=process.record,
            words=words,
            event=event,
            author=author,
            origin=origin,
            state=state,
            is_institutional=True,
            data=data,
            extra_words=extra_words or {},
        ),
        clock=clock,
    )
    bump_pages_of(record)
    return record
