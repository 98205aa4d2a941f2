from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.meetings.actions import Moment, announce_meeting, report_meeting
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Origin
from democratic.web.desk.access import desk_record, for_agents
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.meetings import MeetingForm, MeetingReportForm
from democratic.web.desk.pages import Asked, ask, process_crumbs
from democratic.web.desk.views.processes import desk_process
from democratic.web.places import record_path
from democratic.web.requests import Request

SEATS = (Origin.ROOM, Origin.REMOTE, Origin.LATER, Origin.STREET)


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    zone = ZoneInfo(process.authority.time_zone)

    def act(cleaned: dict[str, Any]) -> str:
        meeting = announce_meeting(
            process=process,
            words=Words(title=cleaned["title"], text=cleaned["text"]),
            moment=Moment(
                starts_at=datetime.combine(cleaned["day"], cleaned["starts"], zone),
                ends_at=datetime.combine(cleaned["day"], cleaned["ends"], zone),
                place=cleaned["place"],
                access=cleaned["access"],
                seats=[Origin(seat) for seat in cleaned["seats"]],
            ),
            author=request.person,
            clock=request.clock,
        )
        return record_path(Kind.MEETING, meeting.record.code)

    asked = Asked(
        title=_("Annoncer une rencontre"),
        send=_("Annoncer"),
        done=_("La rencontre est annoncée."),
        place=Place.PROCESS,
        crumbs=process_crumbs(process),
    )
    return ask(request, MeetingForm(request.POST or None), act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def report(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.MEETING)

    def act(cleaned: dict[str, Any]) -> str:
        report_meeting(
            meeting=record.meeting,
            account=cleaned["account"],
            present={seat: cleaned[seat.value] for seat in SEATS if cleaned[seat.value]},
            clock=request.clock,
        )
        return record_path(Kind.MEETING, record.code)

    asked = Asked(
        title=_("Le compte rendu"),
        send=_("Publier"),
        done=_("Le compte rendu est publié."),
        place=Place.PROCESS,
        crumbs=((record.title, record_path(Kind.MEETING, record.code)),),
    )
    return ask(request, MeetingReportForm(request.POST or None), act, asked)
