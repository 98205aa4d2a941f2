"""Who enters: members their desk, who speaks for the body its page. For anybody else, agents included, it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse

from democratic.kernel.clock import local_day
from democratic.kernel.ids import read_code
from democratic.observatory.models import Observatory
from democratic.observatory.queries import get_observatory_for
from democratic.observatory.rules import is_judged, seat_of, speaks_for_the_body
from democratic.people.queries import person_and_claimed
from democratic.thread.queries import RecordNotFound
from democratic.web.requests import Request, someone

View = Callable[..., HttpResponse]


def observatory_at(request: Request, code: str) -> Observatory:
    try:
        return get_observatory_for(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing


def _guarded(may: Callable[[Request, Observatory], bool]) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, code: str, **kwargs: Any) -> HttpResponse:
            if not request.viewer.is_signed_in:
                return redirect_to_login(request.get_full_path())
            observatory = observatory_at(request, code)
            if request.helped or not may(request, observatory):
                raise Http404
            return view(request, observatory, **kwargs)

        return guarded

    return guard


def _sits(request: Request, observatory: Observatory) -> bool:
    today = local_day(request.clock.now(), request.authority.time_zone)
    is_open = not hasattr(observatory, "closing")
    return is_open and seat_of(observatory, person_and_claimed(someone(request)), today) is not None


def _appoints(request: Request, observatory: Observatory) -> bool:
    ids = person_and_claimed(someone(request))
    return speaks_for_the_body(observatory, ids) and not is_judged(ids, request.authority)


for_members = _guarded(_sits)
for_the_body = _guarded(_appoints)
