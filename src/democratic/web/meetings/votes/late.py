"""« En différé »: who was not there votes on what is still open, in two taps and without an account."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.arrivals.queries import attendance_of
from democratic.participation.meetings.queries import account_of
from democratic.participation.meetings.soundings.queries import open_for_later, soundings_shown
from democratic.participation.meetings.states import MeetingState
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.web.meetings.team import meeting_at
from democratic.web.meetings.votes.drawing import drawn
from democratic.web.meetings.votes.mine import forms_of
from democratic.web.meetings.votes.places import late_path
from democratic.web.pages import Main, as_safe, show
from democratic.web.places import at, record_path
from democratic.web.requests import Request


@require_safe
def catch_up(request: Request, code: str) -> HttpResponse:
    meeting = meeting_at(request, code)
    now = request.clock.now()
    still = open_for_later(meeting, now)
    told = [each for each in soundings_shown(meeting) if each.closed_at is not None]
    here, page = late_path(meeting), record_path(Kind.MEETING, meeting.record.code)
    account, _at = account_of(meeting)
    came = attendance_of(meeting.pk, request.person)
    context = {
        "prefix": at(""),
        "trail": [(_("Agenda"), at("/agenda")), (title_of(meeting.record), page), (_("En différé"), "")],
        "title": title_of(meeting.record),
        "mine": as_safe(forms_of(request, meeting, still, back=here, now=now)),
        "still": len(still),
        "was_there": came is not None and came.seat != Seat.LATER,
        "told": [drawn(each) for each in told],
        "is_over": meeting.record.state in (MeetingState.CLOSED, MeetingState.HELD),
        "account": meeting.record.spoken(account),
        "page": page,
    }
    title = _("%(title)s, en différé") % {"title": title_of(meeting.record)}
    return show(request, Main("web/meetings/votes/late.html", context, title, section="agenda"))
