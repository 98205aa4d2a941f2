"""What the page of a meeting says to one reader alone: the place that is kept for her, her name among those who came."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from democratic.participation.meetings.arrivals.naming import stop_naming
from democratic.participation.meetings.arrivals.queries import attendance_of
from democratic.participation.meetings.arrivals.registering import way_back
from democratic.participation.meetings.arrivals.registrations import registration_of
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import get_meeting_for
from democratic.thread.models import Kind
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import readable
from democratic.web.meetings.public.place import register_path
from democratic.web.places import record_path
from democratic.web.requests import Request


def mine(request: Request, meeting: Meeting) -> Mapping[str, str]:
    found = {"place": _place(request, meeting), "named": _named(request, meeting)}
    return {name: html for name, html in found.items() if html}


def _place(request: Request, meeting: Meeting) -> str:
    hers = registration_of(meeting, request.person) if meeting.takes_registrations else None
    if hers is None:
        return ""
    context = {
        "is_kept": hers.state == hers.State.KEPT,
        "is_offered": hers.state == hers.State.WAITING and hers.offered_at is not None,
        "url": f"{register_path(meeting)}/{way_back(hers)}",
    }
    return render_to_string("web/meetings/public/mine.html", context)


def _named(request: Request, meeting: Meeting) -> str:
    came = attendance_of(meeting.pk, request.person) if meeting.closed_at else None
    if came is None or not (came.is_listed and came.name):
        return ""
    url = f"{record_path(Kind.MEETING, meeting.record.code)}/nom/retirer"
    return render_to_string("web/meetings/public/named.html", {"name": came.name, "url": url})


@require_POST
@readable
@shown_or_gone
def unname(request: Request, code: str) -> HttpResponse:
    """Whoever was not named has nothing taken away, and is told the same."""
    found = get_meeting_for(request.viewer, code)
    if request.person is not None:
        stop_naming(meeting=found, person=request.person)
    messages.success(request, _("Votre nom ne paraît plus."))
    return redirect(record_path(Kind.MEETING, found.record.code))
