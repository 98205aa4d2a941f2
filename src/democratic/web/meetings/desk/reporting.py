"""What was said in a few lines, and how many were there by each seat."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.meetings.actions import report_meeting
from democratic.thread.models import Kind, Origin
from democratic.web.desk.access import for_agents
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.meetings import MeetingReportForm
from democratic.web.desk.pages import Asked, ask
from democratic.web.meetings.desk.paths import crumbs, desk_meeting
from democratic.web.places import record_path
from democratic.web.requests import Request

SEATS = (Origin.ROOM, Origin.REMOTE, Origin.LATER, Origin.STREET)


@require_http_methods(["GET", "POST"])
@for_agents
def report(request: Request, code: str) -> HttpResponse:
    meeting = desk_meeting(request, code)

    def act(said: dict[str, Any]) -> str:
        present = {seat: said[seat.value] for seat in SEATS if said[seat.value]}
        report_meeting(meeting=meeting, account=said["account"], present=present, clock=request.clock)
        return record_path(Kind.MEETING, meeting.record.code)

    asked = Asked(
        title=_("Le compte rendu"),
        send=_("Publier"),
        done=_("Le compte rendu est publié."),
        place=Place.PROCESS,
        crumbs=crumbs(meeting),
    )
    return ask(request, MeetingReportForm(request.POST or None), act, asked)
