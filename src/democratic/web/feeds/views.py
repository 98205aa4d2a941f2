"""Feeds: each beside its page, from the same queries, under the same version."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from democratic.kernel.clock import local_day
from democratic.kernel.ids import read_code
from democratic.participation.conversations.relaying import code_once_open
from democratic.participation.ideas.queries import get_ideas_head_for
from democratic.participation.meetings.queries import get_meeting_for
from democratic.participation.processes.queries import get_process_for, process_id_for
from democratic.participation.reports.fil import find_start
from democratic.thread.queries import RecordNotFound, tombstone_of
from democratic.web.feed_links import Form
from democratic.web.feeds import appointments, news, questioned
from democratic.web.feeds.atom import write_atom
from democratic.web.feeds.calendar import write_calendar
from democratic.web.feeds.items import Dates, Feed, first_moment
from democratic.web.feeds.json_feed import write_json
from democratic.web.feeds.kept import give_stored
from democratic.web.processes.days import anyone, today_of
from democratic.web.requests import Request

View = Callable[..., HttpResponse]
GONE = 410


def shown(view: View) -> View:
    """404 for what is not there; 410 for what was, so that readers stop asking."""

    @require_safe
    @wraps(view)
    def respond(request: Request, **named: str) -> HttpResponse:
        code = read_code(named["code"]) if "code" in named else None
        if "code" in named and code != named["code"]:
            raise Http404
        try:
            return view(request, **named)
        except RecordNotFound as missing:
            if code and tombstone_of(anyone(request), code):
                return HttpResponse(status=GONE)
            raise Http404 from missing

    return respond


def _news(request: Request, scope: UUID, form: str, build: Callable[[], Feed]) -> HttpResponse:
    authority = request.authority

    def write() -> bytes:
        if form == Form.JSON:
            return write_json(authority, build())
        return write_atom(authority, build(), first_moment(authority, today_of(request)))

    return give_stored(request, scope, Form(form), write)


def _dates(request: Request, scope: UUID, build: Callable[[], Dates]) -> HttpResponse:
    return give_stored(request, scope, Form.ICAL, lambda: write_calendar(request.authority, build()))


@shown
def processes(request: Request, form: str) -> HttpResponse:
    viewer = anyone(request)
    return _news(request, viewer.authority.pk, form, lambda: news.processes(viewer, today_of(request)))


@shown
def mandates(request: Request, form: str) -> HttpResponse:
    viewer = anyone(request)
    return _news(request, viewer.authority.pk, form, lambda: news.mandates(viewer))


@shown
def process(request: Request, slug: str, form: str) -> HttpResponse:
    viewer, now = anyone(request), request.clock.now()
    scope = process_id_for(viewer, slug)

    def build() -> Feed:
        feed = news.process(viewer, slug, today_of(request))
        return questioned.with_questions(feed, viewer, scope, now)

    return _news(request, scope, form, build)


@shown
def process_dates(request: Request, slug: str) -> HttpResponse:
    viewer = anyone(request)
    scope = process_id_for(viewer, slug)
    return _dates(request, scope, lambda: appointments.process(viewer, slug, today_of(request)))


@shown
def ideas(request: Request, slug: str, form: str) -> HttpResponse:
    viewer = anyone(request)
    head = get_ideas_head_for(viewer, slug)
    today = local_day(head.now, viewer.authority.time_zone)
    return _news(request, head.id, form, lambda: news.ideas(viewer, head, today))


@shown
def commitments(request: Request, form: str) -> HttpResponse:
    viewer = anyone(request)
    return _news(request, viewer.authority.pk, form, lambda: news.commitments(viewer, today_of(request)))


@shown
def questions(request: Request, form: str) -> HttpResponse:
    viewer, now = anyone(request), request.clock.now()
    return _news(request, viewer.authority.pk, form, lambda: questioned.questions(viewer, now))


@shown
def verdicts(request: Request, form: str) -> HttpResponse:
    viewer = anyone(request)
    return _news(request, viewer.authority.pk, form, lambda: news.verdicts(viewer))


@shown
def told(request: Request, form: str) -> HttpResponse:
    viewer, now = anyone(request), request.clock.now()
    return _news(request, viewer.authority.pk, form, lambda: news.told(viewer, now))


@shown
def commitment_dates(request: Request) -> HttpResponse:
    viewer = anyone(request)
    return _dates(request, viewer.authority.pk, lambda: appointments.commitments(viewer, today_of(request)))


@shown
def agenda(request: Request, form: str) -> HttpResponse:
    """``?concertation=slug`` narrows it, as on the page."""
    viewer, slug = anyone(request), request.GET.get("concertation", "")
    only = get_process_for(viewer, slug) if slug else None
    scope = viewer.authority.pk
    return _news(request, scope, form, lambda: news.meetings(viewer, today_of(request), only))


@shown
def agenda_dates(request: Request) -> HttpResponse:
    viewer, slug = anyone(request), request.GET.get("concertation", "")
    today = today_of(request)

    def build() -> Dates:
        return appointments.meetings_of(viewer, slug, today) if slug else appointments.meetings(viewer, today)

    return _dates(request, viewer.authority.pk, build)


@shown
def meeting_dates(request: Request, code: str) -> HttpResponse:
    viewer = anyone(request)
    scope = get_meeting_for(viewer, code).process_id or viewer.authority.pk
    return _dates(request, scope, lambda: appointments.one_meeting(viewer, code))


@shown
def conversed(request: Request, opener: str, form: str) -> HttpResponse:
    """Of a code that was once given: it outlives the code, and the flow."""
    found = code_once_open(request.authority, opener)
    if found is None or found.code != opener:
        raise Http404
    viewer, flow = anyone(request), found.flow
    return _news(request, flow.process_id, form, lambda: news.conversed(viewer, found, today_of(request)))


@shown
def fil(request: Request, code: str, form: str) -> HttpResponse:
    viewer = anyone(request)
    start = find_start(viewer, code)
    scope = start.scope or viewer.authority.pk
    return _news(request, scope, form, lambda: news.fil(viewer, start, today_of(request)))
