"""The public journal as people read it: the newest first, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from democratic.kernel.spoken import Spoken
from democratic.thread.models import Authority, Position, Visibility


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """One line. ``title`` is empty when the words were erased or are no longer shown."""

    position: int
    kind: str
    day: date
    origin: str
    record_kind: str
    code: str
    title: str
    data: Mapping[str, Any]


def newest_entries(authority: Authority, *, before: int | None, limit: int) -> Sequence[PublicEntry]:
    """Lines of this authority with a position below ``before``; one query."""
    places = Position.objects.filter(entry__authority=authority)
    if before is not None:
        places = places.filter(position__lt=before)
    rows = places.order_by("-position").values_list(
        "position", "entry__kind", "entry__day", "entry__origin", "entry__data",
        "entry__record__kind", "entry__record__code", "entry__record__visibility",
        "entry__record__wording__title", "entry__record__wording__language",
    )[:limit]  # fmt: skip
    return [
        PublicEntry(
            position=position,
            kind=kind,
            day=day,
            origin=origin,
            record_kind=record_kind or "",
            code=code or "",
            title=Spoken(title, language) if visibility == Visibility.PUBLIC else "",
            data=data,
        )
        for position, kind, day, origin, data, record_kind, code, visibility, title, language in rows
    ]
