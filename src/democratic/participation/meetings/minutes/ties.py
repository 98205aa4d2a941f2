"""What a passage of the minutes may tell of."""

from collections.abc import Iterator
from uuid import UUID

from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.thread.models import Visibility

MOST = 300


def questions_and_votes(meeting: Meeting) -> Iterator[tuple[UUID, str]]:
    """Their words, as everyone sees them; two queries."""
    for model in (WallQuestion, Sounding):
        shown = model.objects.filter(meeting=meeting, record__visibility=Visibility.PUBLIC)
        rows = shown.order_by("record__recorded_at", "pk").values_list(
            "pk", "record__wording__title", "record__wording__text"
        )
        for pk, title, text in rows[:MOST]:
            yield pk, title or text
