from django.http import HttpResponse
from django.shortcuts import redirect

from democratic.participation.reports.fil import find_start
from democratic.thread.models import Kind
from democratic.web.pages import show_stored
from democratic.web.places import fil_path, record_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.requests import Request
from democratic.web.suites.fil.page import build_fil
from democratic.web.suites.follow import my_follow
from democratic.web.suites.reading import by_code

# Nothing follows from these: their pages tell what was said, heard or found there.
PAGES_OF_THEIR_OWN = (
    Kind.ORGANISATION, Kind.OBSERVATORY, Kind.HEARING, Kind.VERDICT, Kind.POLL, Kind.RULING,
    Kind.PAGE, Kind.NEWS, Kind.COLUMN, Kind.STREET_SESSION, Kind.SOUNDING, Kind.WALL_QUESTION,
)  # fmt: skip


@by_code
def fil(request: Request, code: str) -> HttpResponse:
    """Then…: what became of it."""
    return _show(request, code, is_back=False)


@by_code
def fil_back(request: Request, code: str) -> HttpResponse:
    """Because…: where it comes from."""
    return _show(request, code, is_back=True)


def _show(request: Request, code: str, *, is_back: bool) -> HttpResponse:
    viewer = anyone(request)
    start = find_start(viewer, code)
    if start.kind in PAGES_OF_THEIR_OWN:
        return redirect(record_path(start.kind, code))
    return show_stored(
        request,
        start.scope or viewer.authority.pk,
        lambda: build_fil(viewer, start, today_of(request), is_back=is_back),
        personal=lambda: my_follow(request, start.id, code, fil_path(code)),
    )
