"""The meeting that an address names, and who enters the screens of its team: the others find nothing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.http.response import HttpResponseBase

from democratic.kernel.ids import read_code
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import visible_meetings
from democratic.participation.meetings.states import MeetingState
from democratic.thread.rules import Viewer
from democratic.web.accounts.doors import proof_asked
from democratic.web.ideas.intake import readable
from democratic.web.requests import Request

Rule = Callable[[Viewer, Meeting], bool]
View = Callable[..., HttpResponseBase]
Found = Callable[[Request, str], Meeting]


def meeting_at(request: Request, code: str) -> Meeting:
    """With its Record, words, authority and process. Http404 for what one may not see."""
    found = visible_meetings(request.viewer).filter(record__code=read_code(code) or "")
    meeting = found.select_related(
        "record__wording",
        "record__authority",
        "record__withdrawal",
        "process__record__wording",
        "body__record",
    ).first()
    if meeting is None:
        raise Http404
    return meeting


def live_meeting_at(request: Request, code: str) -> Meeting:
    """Announced, live or over: nothing is followed of a draft."""
    meeting = meeting_at(request, code)
    if meeting.record.state == MeetingState.DRAFT:
        raise Http404
    return meeting


def for_team(*rules: Rule, in_its_name: bool = False, found: Found = meeting_at) -> Callable[[View], View]:
    """``rules``: one of them is enough. The view is given the meeting.

    ``in_its_name``: one speaks there for the authority, and proves who one is as at the desk. Elsewhere that is asked
    of who works for it: a forum's own facilitators sign in, and that is enough.
    """

    def guard(view: View) -> View:
        @wraps(view)
        @readable
        def entered(request: Request, code: str, **named: Any) -> HttpResponseBase:
            if not request.viewer.is_signed_in:
                return redirect_to_login(request.get_full_path())
            meeting = found(request, code)
            if not any(may(request.viewer, meeting) for may in rules):
                raise Http404
            if not in_its_name and not request.viewer.grants:
                return view(request, meeting, **named)
            return proof_asked(request) or view(request, meeting, **named)

        return entered

    return guard
