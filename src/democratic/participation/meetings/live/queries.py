"""What the screens of a meeting were told last."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from democratic.participation.meetings.live.models import LiveEvent, LiveTouch, Topic


def last_number(meeting_id: UUID) -> int:
    """What a page carries as ``data-last``: read before its sections are drawn, so that nothing falls between."""
    number: int | None = LiveEvent.objects.filter(meeting=meeting_id).aggregate(last=Max("number"))["last"]
    return number or 0


def told_still(meeting_id: UUID, topics: Collection[Topic]) -> dict[str, dict[str, str]]:
    """What screens read now of these topics, by language: left out is what an act touched since. One query."""
    told = _untouched().filter(meeting=meeting_id, topic__in=topics).exclude(said={})
    return dict(told.order_by("number").values_list("topic", "said"))


def told_as(meeting_id: UUID, topic: Topic) -> int | None:
    """The number of what screens read now of this topic; None once an act touched it, and until it is told anew."""
    told = _untouched().filter(meeting=meeting_id, topic=topic).order_by("-number")
    return told.values_list("number", flat=True).first()


def _untouched() -> QuerySet[LiveEvent]:
    touched = LiveTouch.objects.filter(meeting=OuterRef("meeting"), topic=OuterRef("topic"))
    return LiveEvent.objects.filter(~Exists(touched))


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
