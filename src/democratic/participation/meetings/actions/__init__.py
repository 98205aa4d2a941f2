"""Writes of a meeting: prepared, announced, changed, put off, called off, told."""

from democratic.participation.meetings.actions.announcing import (
    Convened,
    announce_meeting,
    announce_prepared,
    prepare_meeting,
)
from democratic.participation.meetings.actions.arranging import Means, arrange_meeting
from democratic.participation.meetings.actions.briefing import Brief, publish_briefing
from democratic.participation.meetings.actions.changing import (
    Why,
    cancel_meeting,
    change_meeting,
    postpone_meeting,
)
from democratic.participation.meetings.actions.moments import Moment
from democratic.participation.meetings.actions.reporting import report_meeting
from democratic.participation.meetings.actions.teaming import leave_team, name_to_team

__all__ = [
    "Brief",
    "Convened",
    "Means",
    "Moment",
    "Why",
    "announce_meeting",
    "announce_prepared",
    "arrange_meeting",
    "cancel_meeting",
    "change_meeting",
    "leave_team",
    "name_to_team",
    "postpone_meeting",
    "prepare_meeting",
    "publish_briefing",
    "report_meeting",
]
