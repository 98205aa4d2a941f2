"""A moment to the second, as one types it and as it stands where the meeting is."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from democratic.participation.meetings.models import Meeting


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M:%S", attrs={"step": "1"})


def moment_field(label: Any, **more: Any) -> forms.DateTimeField:
    formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"]
    return forms.DateTimeField(label=label, widget=MomentInput(), input_formats=formats, **more)


def local_moment(meeting: Meeting, moment: datetime | None) -> datetime | None:
    return moment.astimezone(ZoneInfo(meeting.record.authority.time_zone)) if moment else None
