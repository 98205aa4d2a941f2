from collections.abc import Callable

from django.http import Http404, HttpResponse

from democratic.participation.reports.fil import Start, find_start
from democratic.thread.models import Kind
from democratic.web.pages import Main, show_stored
from democratic.web.processes.days import anyone, today_of
from democratic.web.processes.paging import paging_of
from democratic.web.requests import Request
from democratic.web.suites.reading import by_code
from democratic.web.suites.records.answered import build_answer, build_theme
from democratic.web.suites.records.kept import (
    build_action,
    build_commitment,
    build_decision,
    build_evidence,
)


def _show(request: Request, code: str, kind: Kind, build: Callable[[Start], Main]) -> HttpResponse:
    """Stored under its process; a Record of another kind is not at this address."""
    viewer = anyone(request)
    start = find_start(viewer, code)
    if start.kind != kind:
        raise Http404
    return show_stored(request, start.scope or viewer.authority.pk, lambda: build(start))


@by_code
def theme(request: Request, code: str) -> HttpResponse:
    page = paging_of(request, 15).number
    return _show(
        request, code, Kind.THEME, lambda start: build_theme(anyone(request), start, today_of(request), page)
    )


@by_code
def answer(request: Request, code: str) -> HttpResponse:
    return _show(
        request, code, Kind.ANSWER, lambda start: build_answer(anyone(request), start, today_of(request))
    )


@by_code
def decision(request: Request, code: str) -> HttpResponse:
    return _show(
        request, code, Kind.DECISION, lambda start: build_decision(anyone(request), start, today_of(request))
    )


@by_code
def commitment(request: Request, code: str) -> HttpResponse:
    return _show(
        request,
        code,
        Kind.COMMITMENT,
        lambda start: build_commitment(anyone(request), start, today_of(request)),
    )


@by_code
def action(request: Request, code: str) -> HttpResponse:
    return _show(
        request, code, Kind.ACTION, lambda start: build_action(anyone(request), start, today_of(request))
    )


@by_code
def evidence(request: Request, code: str) -> HttpResponse:
    return _show(request, code, Kind.EVIDENCE, lambda start: build_evidence(anyone(request), start))
