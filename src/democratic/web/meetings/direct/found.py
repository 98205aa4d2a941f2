"""The meeting that an address names, to follow it as it goes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Max
from django.http import Http404, HttpResponse

from democratic.kernel.ids import read_code
from democratic.participation.meetings.live.models import LiveEvent
from democratic.participation.meetings.models import Meeting, TeamRole
from democratic.participation.meetings.queries import visible_meetings
from democratic.participation.meetings.rules import roles_in
from democratic.participation.meetings.states import MeetingState
from democratic.thread.rules import Viewer
from democratic.web.accounts.doors import proof_asked
from democratic.web.requests import Request

View = Callable[..., HttpResponse]


def get_live_meeting_for(viewer: Viewer, code: str) -> Meeting:
    """Announced, live or over: with its Record, words and authority. Http404 for what one may not see."""
    found = visible_meetings(viewer).filter(record__code=read_code(code) or "")
    meeting = (
        found.exclude(record__state=MeetingState.DRAFT)
        .select_related("record__wording", "record__authority", "record__withdrawal")
        .first()
    )
    if meeting is None:
        raise Http404
    return meeting


def last_event(meeting: Meeting) -> int:
    """The number from which a stream goes on; 0 before the first."""
    return LiveEvent.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0


def for_team(*roles: TeamRole) -> Callable[[View], View]:
    """A screen of those who run the meeting. For anyone else it is not there; agents prove themselves as at the desk."""

    def guard(view: View) -> View:
        @wraps(view)
        def entered(request: Request, code: str, **named: Any) -> HttpResponse:
            meeting = get_live_meeting_for(request.viewer, code)
            if not request.viewer.is_signed_in:
                return redirect_to_login(request.get_full_path())
            if not roles_in(request.viewer, meeting) & set(roles):
                raise Http404
            if not request.viewer.grants:  # of the team alone: nothing of the desk is hers
                return view(request, meeting, **named)
            return proof_asked(request) or view(request, meeting, **named)

        return entered

    return guard
