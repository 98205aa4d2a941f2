"""What the screens of a meeting were told last."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from democratic.participation.meetings.live.models import LiveEvent


def last_number(meeting_id: UUID) -> int:
    """What a page carries as ``data-last``: read before its sections are drawn, so that nothing falls between."""
    number: int | None = LiveEvent.objects.filter(meeting=meeting_id).aggregate(last=Max("number"))["last"]
    return number or 0


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest of each topic: (number, topic, HTML by language), in the order of their numbers."""

    last: int
    told: tuple[tuple[int, str, dict[str, str]], ...]


def newest_of(meeting_id: UUID, *, after: int = 0) -> Newest:
    """``after``: beyond the last one (a table made anew), everything is given."""
    last = last_number(meeting_id)
    told = LiveEvent.objects.filter(meeting=meeting_id, number__gt=after if after <= last else 0)
    rows = told.exclude(said={}).order_by("number").values_list("number", "topic", "said")
    return Newest(last, tuple(rows))
