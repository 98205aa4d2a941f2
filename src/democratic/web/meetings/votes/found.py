"""The meeting that an address names, and who runs its votes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse

from democratic.kernel.ids import read_code
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import visible_meetings
from democratic.participation.meetings.rules import can_facilitate
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.soundings.queries import sounding_of
from democratic.thread.rules import Viewer
from democratic.web.accounts.doors import proof_asked
from democratic.web.requests import Request

View = Callable[..., HttpResponse]


def meeting_for(viewer: Viewer, code: str) -> Meeting:
    """With its Record, words and authority. Http404 for what one may not see."""
    found = visible_meetings(viewer).filter(record__code=read_code(code) or "")
    meeting = found.select_related("record__wording", "record__authority", "record__process").first()
    if meeting is None:
        raise Http404
    return meeting


def for_facilitators(view: View) -> View:
    """For anyone else it is not there; who runs it proves herself as at the desk."""

    @wraps(view)
    def entered(request: Request, code: str, **named: Any) -> HttpResponse:
        meeting = meeting_for(request.viewer, code)
        if not request.viewer.is_signed_in:
            return redirect_to_login(request.get_full_path())
        if not can_facilitate(request.viewer, meeting):
            raise Http404
        return proof_asked(request) or view(request, meeting, **named)

    return entered


def vote_in(meeting: Meeting, vote: str) -> Sounding:
    """Drafts included."""
    sounding = sounding_of(meeting, read_code(vote) or "")
    if sounding is None:
        raise Http404
    return sounding
