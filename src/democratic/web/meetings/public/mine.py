"""What the page of a meeting says to one reader alone: the place that is kept for her."""

from collections.abc import Mapping

from django.template.loader import render_to_string

from democratic.participation.meetings.arrivals.registering import way_back
from democratic.participation.meetings.arrivals.registrations import registration_of
from democratic.participation.meetings.models import Meeting
from democratic.web.meetings.public.place import register_path
from democratic.web.requests import Request


def mine(request: Request, meeting: Meeting) -> Mapping[str, str]:
    hers = registration_of(meeting, request.person) if meeting.takes_registrations else None
    if hers is None:
        return {}
    context = {
        "is_kept": hers.state == hers.State.KEPT,
        "is_offered": hers.state == hers.State.WAITING and hers.offered_at is not None,
        "url": f"{register_path(meeting)}/{way_back(hers)}",
    }
    return {"place": render_to_string("web/meetings/public/mine.html", context)}
