from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from democratic.kernel.compiled import columns_of, instances_of
from democratic.kernel.spoken import Spoken
from democratic.thread.models import Audience, Kind, Record, Visibility
from democratic.thread.queries.prepared import GuardedRead
from democratic.thread.rules import Viewer, visible_records


class RecordNotFound(LookupError):
    """No such Record for this viewer: missing, or not hers to see."""


@dataclass(frozen=True, slots=True)
class Card:
    """What any mixed list shows of a Record: identity, words, counts; no module's own model."""

    id: UUID
    code: str
    kind: str
    state: str
    origin: str
    place: str
    byline: str
    happened_at: datetime
    process_id: UUID | None
    theme_id: UUID | None
    title: str
    text: str
    language: str
    supports: int
    verified: int | None
    comments: int
    grouped: int


_COLUMNS = (
    "id", "code", "kind", "state", "origin", "place", "byline", "happened_at", "process_id", "theme_id",
    "wording__title", "wording__text", "wording__language",
    "figures__supports", "figures__verified", "figures__comments_for", "figures__comments_against",
    "figures__comments_neutral", "figures__grouped",
)  # fmt: skip


def cards(records: QuerySet[Record]) -> list[Card]:
    """The cards of an ordered, sliced queryset, in one query without model instances."""
    return [_card(row) for row in records.values_list(*_COLUMNS)]


def _card(row: tuple[Any, ...]) -> Card:
    *identity, title, text, language, supports, verified, for_, against, neutral, grouped = row
    said = (Spoken(title, language), Spoken(text, language), language)
    comments = (for_ or 0) + (against or 0) + (neutral or 0)
    return Card(*(*identity, *said, supports or 0, verified, comments, grouped or 0))


def get_record_for(viewer: Viewer, code: str, *kinds: Kind) -> Record:
    """The Record with its words, figures, process and withdrawal in one query. Raises RecordNotFound."""
    found = visible_records(viewer).select_related(
        "wording", "figures", "authority", "process__wording", "theme__wording", "withdrawal"
    )
    if kinds:
        found = found.filter(kind__in=kinds)
    record = found.filter(code=code).first()
    if record is None:
        raise RecordNotFound(code)
    return record


@cache
def _to_act_on(kinds: tuple[Kind, ...]) -> GuardedRead:
    columns = [*columns_of(Record), *columns_of(Audience, "audience__"), *columns_of(Record, "process__")]
    return GuardedRead(
        lambda viewer, code: visible_records(viewer).filter(code=code, kind__in=kinds).values_list(*columns)
    )


def get_record_to_act_on(viewer: Viewer, code: str, *kinds: Kind) -> Record:
    """The Record without its words, which no act needs: a form sent back reads them. Raises RecordNotFound."""
    row = _to_act_on(kinds).first(viewer, code)
    if row is None:
        raise RecordNotFound(code)
    record: Record
    record, record.audience, process = instances_of(row, Record, Audience, Record)
    record.process, record.authority = process if record.process_id else None, viewer.authority
    return record


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stays public of a Record that was withdrawn by its author, erased or moderated."""

    code: str
    kind: str
    visibility: str
    happened_at: datetime
    is_erased: bool = False


def tombstone_of(viewer: Viewer, code: str) -> Tombstone | None:
    return _line_of(viewer, code, Visibility.HIDDEN, Visibility.WITHDRAWN)


def waiting_of(viewer: Viewer, code: str) -> Tombstone | None:
    """What waits to be read before it is published: its code says so, and nothing of its words."""
    return _line_of(viewer, code, Visibility.HELD)


def _line_of(viewer: Viewer, code: str, *gone: Visibility) -> Tombstone | None:
    row = (
        Record.objects.filter(
            authority=viewer.authority, code=code, visibility__in=gone, audience__is_public=True
        )
        .annotate(is_erased=Q(wording__text="", wording__title="", visibility=Visibility.WITHDRAWN))
        .values_list("code", "kind", "visibility", "happened_at", "is_erased")
        .first()
    )
    return Tombstone(*row) if row else None
