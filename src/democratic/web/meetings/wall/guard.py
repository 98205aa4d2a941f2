"""Who enters the screens of a meeting's team: the others find nothing there."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.http.response import HttpResponseBase

from democratic.kernel.ids import read_code
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import get_meeting_for
from democratic.thread.queries import RecordNotFound
from democratic.thread.rules import Viewer
from democratic.web.accounts.doors import proof_asked
from democratic.web.ideas.intake import readable
from democratic.web.requests import Request

Rule = Callable[[Viewer, Meeting], bool]
View = Callable[..., HttpResponseBase]


def meeting_at(request: Request, code: str) -> Meeting:
    known = read_code(code)
    if known is None:
        raise Http404
    try:
        return get_meeting_for(request.viewer, known)
    except RecordNotFound as missing:
        raise Http404 from missing


def for_team(*rules: Rule, in_its_name: bool = False) -> Callable[[View], View]:
    """``rules``: one of them is enough. The view is given the meeting.

    ``in_its_name``: one speaks there for the authority, and proves who one is as at the desk. Elsewhere that is asked
    of who works for it: a forum's own facilitators sign in, and that is enough.
    """

    def guard(view: View) -> View:
        @wraps(view)
        @readable
        def entered(request: Request, code: str, **named: str) -> HttpResponseBase:
            if not request.viewer.is_signed_in:
                return redirect_to_login(request.get_full_path())
            meeting = meeting_at(request, code)
            if not any(may(request.viewer, meeting) for may in rules):
                raise Http404
            if not in_its_name and not request.viewer.grants:
                return view(request, meeting, **named)
            return proof_asked(request) or view(request, meeting, **named)

        return entered

    return guard
