"""From which event a screen goes on."""

from democratic.participation.meetings.live.queries import last_number
from democratic.participation.meetings.models import Meeting


def last_event(meeting: Meeting) -> int:
    """0 before the first."""
    return last_number(meeting.pk)
