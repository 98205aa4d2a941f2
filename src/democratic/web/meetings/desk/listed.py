"""Lists of the desk: all meetings, and who registered for one."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.participation.meetings.arrivals.models import Registration
from democratic.participation.meetings.arrivals.places import places_of
from democratic.participation.meetings.arrivals.registrations import registrations
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import desk_meetings
from democratic.participation.meetings.states import MeetingState
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page
from democratic.web.formats import day, hours
from democratic.web.meetings.desk.paths import crumbs, desk_meeting, desk_path, list_path
from democratic.web.meetings.public.place import in_words
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request
from democratic.web.words import ORIGINS

PAGE = 20


@require_GET
@for_agents
def listed(request: Request) -> HttpResponse:
    paging = paging_of(request, PAGE)
    found, total = desk_meetings(request.viewer, request.clock.now(), offset=paging.offset, limit=paging.size)
    new = f"{list_path()}/nouvelle"
    context = {
        "rows": [row_of(meeting) for meeting in found],
        "pager": pager(paging, len(found), total, list_path()),
        "new": new,
        "empty": {
            "what": _("Aucune rencontre"),
            "why": _(
                "Une rencontre a une date, un lieu, et des façons d’y prendre part : sur place, à distance, après."
            ),
            "who": _("Préparez-la ici : elle reste un brouillon jusqu’à ce que vous l’annonciez."),
            "action": (_("Préparer une rencontre"), new),
        },
    }
    return desk_page(request, "meetings/desk/list.html", context, title=_("Rencontres"))


def row_of(meeting: Meeting) -> dict[str, str]:
    by = meeting.process.record.title if meeting.process else meeting.body.name if meeting.body else ""
    return {
        "title": meeting.record.title,
        "url": desk_path(meeting),
        "state": str(MeetingState(meeting.record.state).label),
        "when": f"{day(meeting.starts_at, 'weekday')}, {hours(meeting.starts_at, meeting.ends_at)}",
        "place": meeting.place,
        "by": by,
    }


@require_GET
@for_agents
def registered(request: Request, code: str) -> HttpResponse:
    """Names and what helps to welcome them: for who welcomes, and for nobody else."""
    meeting, paging = desk_meeting(request, code), paging_of(request, 50)
    found, total = registrations(meeting, offset=paging.offset, limit=paging.size)
    here = desk_path(meeting, "inscriptions")
    context = {
        "rows": [_registration(each) for each in found],
        "seats": [
            (str(ORIGINS[seat]), places.taken, in_words(places))
            for seat, places in places_of(meeting).items()
        ],
        "pager": pager(paging, len(found), total, here),
    }
    return desk_page(
        request, "meetings/desk/registered.html", context, title=_("Les inscriptions"), crumbs=crumbs(meeting)
    )


def _registration(row: Registration) -> dict[str, Any]:
    is_offered = row.state == row.State.WAITING and row.offered_at is not None
    return {
        "name": row.name or _("sans nom"),
        "seat": str(ORIGINS[row.seat]),
        "state": _("Place proposée") if is_offered else str(row.get_state_display()),
        "needs": row.needs,
        "on": day(row.asked_at),
    }
