from collections.abc import Callable

from django.http import HttpResponse

from democratic.participation.processes.queries import get_process_for, process_id_for
from democratic.participation.reports.heard import heard_in
from democratic.web.pages import Main, show_stored
from democratic.web.processes.days import anyone, today_of
from democratic.web.requests import Request
from democratic.web.suites.csv_files import csv_response
from democratic.web.suites.reading import by_slug
from democratic.web.suites.reports.answers import build_answers
from democratic.web.suites.reports.balance import build_balance
from democratic.web.suites.reports.heard import build_heard, csv_rows


def _show(request: Request, slug: str, build: Callable[[], Main]) -> HttpResponse:
    return show_stored(request, process_id_for(anyone(request), slug), build)


@by_slug
def heard(request: Request, slug: str) -> HttpResponse:
    return _show(request, slug, lambda: build_heard(anyone(request), slug))


@by_slug
def heard_csv(request: Request, slug: str) -> HttpResponse:
    viewer = anyone(request)
    head, rows = csv_rows(heard_in(get_process_for(viewer, slug), viewer, with_quotes=False))
    return csv_response(f"entendu-{slug}", head, rows)


@by_slug
def answers(request: Request, slug: str) -> HttpResponse:
    return _show(request, slug, lambda: build_answers(anyone(request), slug, today_of(request)))


@by_slug
def balance(request: Request, slug: str) -> HttpResponse:
    return _show(request, slug, lambda: build_balance(anyone(request), slug, today_of(request)))
