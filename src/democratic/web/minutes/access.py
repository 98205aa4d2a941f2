"""Who enters the pages on which minutes are written."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from democratic.kernel.ids import read_code
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import get_meeting_for
from democratic.participation.meetings.rules import can_write_minutes
from democratic.thread.models import Kind
from democratic.thread.queries import RecordNotFound
from democratic.web.accounts.doors import (
    is_proof_of_another_day,
    lacks_factor,
    to_prove_again,
    to_set_factor_up,
)
from democratic.web.places import record_path
from democratic.web.requests import Request

View = Callable[[Request, Meeting], HttpResponse]


def for_writers(view: View) -> Callable[[Request, str], HttpResponse]:
    """A meeting that one may not write of is not there. Staff prove who they are, as at the desk."""

    @wraps(view)
    def entered(request: Request, code: str) -> HttpResponse:
        if not request.viewer.is_signed_in:
            return redirect_to_login(request.get_full_path())
        meeting = meeting_at(request, code)
        if not can_write_minutes(request.viewer, meeting):
            raise Http404
        if request.viewer.grants and lacks_factor(request):
            return to_set_factor_up(request)
        if request.viewer.grants and is_proof_of_another_day(request):
            return to_prove_again(request)
        if request.method == "GET" and meeting.record.code != code:
            return redirect(request.get_full_path().replace(code, meeting.record.code, 1))
        return view(request, meeting)

    return entered


def meeting_at(request: Request, code: str) -> Meeting:
    try:
        return get_meeting_for(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing


def page_of(meeting: Meeting, page: str = "") -> str:
    here = record_path(Kind.MEETING, meeting.record.code)
    return f"{here}/{page}" if page else here


def scope_of(meeting: Meeting) -> UUID:
    """What an act bumps: see ``thread.actions.bump_pages_of``."""
    return meeting.record.process_id or meeting.pk
