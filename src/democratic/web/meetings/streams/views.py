"""Who may follow a meeting: whoever its page is shown to, now. Missing and forbidden look alike.

The server's entry keeps these answers for everyone while the page's version stands, and does the telling itself.
"""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from democratic.kernel.ids import read_code
from democratic.kernel.pages import stamp_of
from democratic.participation.meetings import rules
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.queries import newest_of
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import get_meeting_for
from democratic.thread.queries import RecordNotFound
from democratic.web.meetings.streams.following import TEAM, Following
from democratic.web.meetings.streams.told import told_in
from democratic.web.requests import Request
from democratic.web.watched import FOR_THE_ENTRY

# No proxy may gather what is said drop by drop, and no cache keep it.
UNHELD = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
LARGEST = 2**31 - 1


@require_safe
def stream(request: Request, code: str) -> HttpResponse:
    """200 and nothing: what follows is the entry's."""
    _show(request, code)
    return HttpResponse(content_type="text/event-stream; charset=utf-8", headers=UNHELD)


@require_safe
def since(request: Request, code: str) -> HttpResponse:
    """For who can't hold a stream open: the newest of each part of the screens, once."""
    following = _show(request, code)
    newest = newest_of(UUID(following.meeting), after=number_of(request.GET.get("apres", "")))
    rows = [
        (number, topic, said.get(following.language, ""))
        for number, topic, said in newest.told
        if following.is_team or topic != Topic.TEAM
    ]
    return JsonResponse(told_in(newest.last, rows), headers={"Cache-Control": "no-store"})


def number_of(typed: str) -> int:
    return min(int(typed), LARGEST) if typed.isdecimal() and typed.isascii() and len(typed) < 12 else 0  # noqa: PLR2004


def _show(request: Request, code: str) -> Following:
    known = read_code(code)
    if known is None or known != code:
        raise Http404(code)
    record = _meeting(request, known).record
    scope = record.process_id or record.pk
    stamp = stamp_of(scope)  # before it is looked at again: what changes meanwhile is asked again
    meeting = _meeting(request, known)
    following = Following(
        scope=str(scope),
        version=f"{stamp.version}:{stamp.quarter}",
        imprint="",
        seen="",
        session=(request.session.session_key or "") if request.viewer.is_signed_in else "",
        meeting=str(meeting.pk),
        language=get_language() or "",
        is_team=_runs(request, meeting),
    )
    request.META[FOR_THE_ENTRY] = following
    return following


def _meeting(request: Request, code: str) -> Meeting:
    try:
        return get_meeting_for(request.viewer, code)
    except RecordNotFound as missing:
        raise Http404(code) from missing


def _runs(request: Request, meeting: Meeting) -> bool:
    if TEAM not in request.META.get("QUERY_STRING", ""):
        return False
    viewer = request.viewer
    if any(may(viewer, meeting) for may in (rules.can_write_minutes, rules.can_answer, rules.can_aid)):
        return True
    raise Http404(meeting.record.code)
