"""A line of what is said, as an operator types it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.minutes.models import CaptionLine
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.running_now import refuse_unless_live

LINE_LIMIT, SHOWN = 500, 3


@transaction.atomic
def add_caption(*, meeting_id: UUID, text: str, clock: Clock, seat: str = "") -> CaptionLine:
    meeting = Meeting.objects.select_related("record").get(pk=meeting_id)
    refuse_unless_live(meeting)
    words = clean_line(text)[:LINE_LIMIT]
    if not words:
        raise Refusal(_("Écrivez ce qui se dit."), field="text")
    line = CaptionLine.objects.create(meeting=meeting, at=clock.now(), text=words, seat=seat)
    touch(meeting.pk, Topic.CAPTIONS)
    return line


def last_captions(meeting: Meeting, *, limit: int = SHOWN) -> list[CaptionLine]:
    """The oldest of them first, as one reads."""
    return list(CaptionLine.objects.filter(meeting=meeting).order_by("-at", "-pk")[:limit])[::-1]
