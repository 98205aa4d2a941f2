"""What moderation does to what a person said: it is shown, or it is not. Its words are never touched."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.thread.actions.entries import append_entry
from democratic.thread.actions.records.shown import bump_pages_of
from democratic.thread.events import Event
from democratic.thread.models import Entry, Record, Visibility


@transaction.atomic
def set_shown(*, record: Record, visibility: Visibility) -> None:
    """Hide it, or show it again; the Entry is the decision's own."""
    Record.objects.filter(pk=record.pk).update(visibility=visibility)
    record.visibility = visibility
    bump_pages_of(record)


def was_published(record: Record, event: Event) -> bool:
    """Whether the journal tells that it was said: what was held and refused, never."""
    return Entry.objects.filter(record=record, kind=event.kind).exists()


@transaction.atomic
def publish_held(
    *, record: Record, event: Event, data: Mapping[str, Any], words: Mapping[str, Any], clock: Clock
) -> Entry:
    """Show what waited to be read, and write the Entry that it would have had: none was written before."""
    said = {"title": record.title, "text": record.text, "byline": record.byline, **words}
    set_shown(record=record, visibility=Visibility.PUBLIC)
    return append_entry(
        event,
        record=record,
        now=clock.now(),
        data={"kind": record.kind, "state": record.state, "was_held": True, **data},
        words=said,
    )
