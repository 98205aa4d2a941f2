from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from django.core.cache import caches
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.kernel.ids import read_code
from democratic.participation.processes.queries import (
    followed_code,
    get_process_for,
    process_id_for,
    slug_of,
)
from democratic.thread.queries import RecordNotFound, tombstone_of
from democratic.web.pages import Main, show, show_stored
from democratic.web.places import at, process_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.processes.lists import build_process_list
from democratic.web.processes.mandate_page import build_mandate_list, build_mandate_page
from democratic.web.processes.meeting_pages import build_agenda
from democratic.web.processes.paging import paging_of
from democratic.web.processes.process_page import build_process_page
from democratic.web.requests import Request, someone

CARDS, ROWS, DATES = 12, 20, 20


@require_safe
def participate(request: Request) -> HttpResponse:
    paging = paging_of(request, CARDS)
    return _of_authority(request, lambda: build_process_list(anyone(request), paging, today_of(request)))


@require_safe
def mandates(request: Request) -> HttpResponse:
    paging = paging_of(request, ROWS)
    return _of_authority(request, lambda: build_mandate_list(anyone(request), paging, today_of(request)))


@require_safe
def mandate(request: Request, code: str) -> HttpResponse:
    """Under the authority's version: a concertation that opens from it, or puts its date off, changes it."""
    known = read_code(code)
    if known is None:
        raise Http404
    try:
        if known != code:
            return HttpResponseRedirect(at(f"/commandes/{known}"))
        return _of_authority(request, lambda: build_mandate_page(anyone(request), known, today_of(request)))
    except RecordNotFound:
        return _gone(request, known)


@require_safe
def process(request: Request, slug: str) -> HttpResponse:
    viewer = anyone(request)
    try:
        scope = _scope_of(request, slug)
        return show_stored(
            request,
            scope,
            lambda: build_process_page(viewer, slug, request.clock.now()),
            personal=partial(_personal, request, scope, slug),
        )
    except RecordNotFound:
        raise Http404 from None


@require_safe
def process_by_code(request: Request, code: str) -> HttpResponse:
    try:
        return HttpResponseRedirect(process_path(slug_of(anyone(request), read_code(code) or "")))
    except RecordNotFound:
        return _gone(request, read_code(code) or "")


@require_safe
def agenda(request: Request) -> HttpResponse:
    paging, slug = paging_of(request, DATES), request.GET.get("concertation", "")

    def build() -> Main:
        viewer = anyone(request)
        only = get_process_for(viewer, slug) if slug else None
        return build_agenda(viewer, paging, today_of(request), only)

    try:
        return _of_authority(request, build)
    except RecordNotFound:
        raise Http404 from None


def _of_authority(request: Request, build: Callable[[], Main]) -> HttpResponse:
    return show_stored(request, request.authority.pk, build)


def _scope_of(request: Request, slug: str) -> UUID:
    """A slug never changes hands, so its process is kept; whether it may be shown is read with the page."""
    key = f"process:{request.authority.pk}:{slug}"
    kept: UUID | None = caches["fragments"].get(key)
    if kept is None:
        kept = process_id_for(anyone(request), slug)
        caches["fragments"].set(key, kept)
    return kept


def _personal(request: Request, scope: UUID, slug: str) -> Mapping[str, str]:
    """The follow button of someone who follows already says so."""
    code = followed_code(scope, someone(request))
    if code is None:
        return {}
    shown = {"follow_url": at(f"/suivre/{code}"), "here": process_path(slug)}
    return {"follow": render_to_string("web/processes/followed.html", shown)}


def _gone(request: Request, code: str) -> HttpResponse:
    """410 with its public line for what was shown once; 404 for what was never, or not to you."""
    if tombstone_of(anyone(request), code) is None:
        raise Http404
    title = _("Cette page n’est plus publiée")
    text = _("Elle l’a été, et son retrait reste inscrit au journal public.")
    return show(
        request,
        Main("web/error.html", {"heading": title, "text": text, "status": 410}, title=title, status=410),
    )
