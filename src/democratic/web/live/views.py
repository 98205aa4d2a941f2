"""Who may be told that a page changed: whoever that page is shown to, now, by its own view."""

import re

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.urls import resolve
from django.views.decorators.http import require_safe

from democratic.web.pages import StoredPage
from democratic.web.places import root
from democratic.web.requests import Request
from democratic.web.watched import FOR_THE_ENTRY, SEEN, WATCHED, Watching

OUR_FAULT = 500
_SEEN = re.compile(rf"(?:^|&){SEEN}=([0-9a-f]{{1,64}})$")  # last, as our script writes it


@require_safe
def live(request: Request, page: str) -> HttpResponse:
    """200 and nothing: what follows is the entry's. Missing and forbidden look alike."""
    seen = _take_off_what_is_ours(request)
    shown = _show(request)
    if shown.status_code >= OUR_FAULT:
        return shown
    if not isinstance(shown, StoredPage):
        raise Http404(page)
    session = request.session.session_key if request.viewer.is_signed_in else None
    told = shown.told
    request.META[FOR_THE_ENTRY] = Watching(str(told.scope), told.version, told.imprint, seen, session or "")
    # No proxy may gather what is said drop by drop.
    unheld = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return HttpResponse(content_type="text/event-stream; charset=utf-8", headers=unheld)


def _take_off_what_is_ours(request: Request) -> str:
    """The request becomes that of the page itself; what the reader has seen of it already is given back."""
    query = request.META.get("QUERY_STRING", "")
    seen = _SEEN.search(query)
    request.META["QUERY_STRING"] = query[: seen.start()] if seen else query
    request.GET = QueryDict(request.META["QUERY_STRING"])
    request.path_info = request.path_info.replace("/live/", "/", 1)
    request.path = root() + request.path_info
    return seen[1] if seen else ""


def _show(request: Request) -> HttpResponse:
    match = resolve(request.path_info)
    if match.url_name not in WATCHED:
        raise Http404(request.path_info)
    try:
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except PermissionDenied as refusal:
        raise Http404(request.path_info) from refusal
    return response
