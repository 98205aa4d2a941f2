"""Where a meeting is prepared at the desk, and the guarded fetch of it."""

from django.http import Http404
from django.utils.translation import gettext as _

from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import prepared_at_the_desk
from democratic.thread.models import Kind
from democratic.web.desk.access import desk_record
from democratic.web.desk.pages import Crumb
from democratic.web.places import at
from democratic.web.requests import Request


def list_path() -> str:
    return at("/bureau/rencontres")


def desk_path(meeting: Meeting, page: str = "") -> str:
    return at(f"/bureau/rencontres/{meeting.record.code}" + (f"/{page}" if page else ""))


def list_crumbs() -> tuple[Crumb, ...]:
    return ((_("Rencontres"), list_path()),)


def crumbs(meeting: Meeting) -> tuple[Crumb, ...]:
    return (*list_crumbs(), (meeting.record.title, desk_path(meeting)))


def desk_meeting(request: Request, code: str) -> Meeting:
    """Of this authority, drafts included."""
    record = desk_record(request, code, Kind.MEETING)
    known = prepared_at_the_desk(request.viewer).select_related(
        "record__wording",
        "record__authority",
        "record__withdrawal",
        "process__record__wording",
        "body__record",
    )
    found = known.filter(pk=record.pk).first()
    if found is None:
        raise Http404
    return found
