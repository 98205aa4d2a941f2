"""What may be done to a meeting by the state that it is in."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.thread.models import Visibility

DOORS_OPEN = timedelta(hours=2)


class MeetingNotLive(Conflict):
    """It is not open, or not any more."""


def is_live(meeting: Meeting) -> bool:
    return meeting.record.state == MeetingState.LIVE and meeting.record.visibility == Visibility.PUBLIC


def is_open_to_come(meeting: Meeting, now: datetime) -> bool:
    """One may come in: it is live, or it is announced and begins within two hours."""
    if is_live(meeting):
        return True
    is_soon = meeting.starts_at - DOORS_OPEN <= now < meeting.ends_at
    return meeting.record.state == MeetingState.ANNOUNCED and is_soon


def refuse_unless_live(meeting: Meeting) -> None:
    if not is_live(meeting):
        raise MeetingNotLive(_("La rencontre n’est pas en direct : rien n’y change pour le moment."))
