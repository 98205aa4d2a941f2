"""News, the newest first, with the last column of each opposition group beside: same size, same rank."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.communities.editorial.queries import latest_columns, list_shown, piece_by_code
from democratic.thread.models import Kind
from democratic.thread.queries import RecordNotFound
from democratic.thread.rules import Viewer
from democratic.web.feed_links import feeds_of
from democratic.web.pages import Main, show_stored
from democratic.web.places import at
from democratic.web.processes.days import anyone
from democratic.web.processes.paging import Paging, pager, paging_of
from democratic.web.requests import Request
from democratic.web.suites.reading import by_code
from democratic.web.written.drawn import drawn, excerpt_of, row_of
from democratic.web.written.places import COLUMNS, NEWS

ROWS, BESIDE = 20, 4


@require_safe
def news(request: Request) -> HttpResponse:
    viewer, paging, now = anyone(request), paging_of(request, ROWS), request.clock.now()
    return show_stored(request, request.authority.pk, lambda: _list(viewer, Kind.NEWS, paging, now))


@require_safe
def columns(request: Request) -> HttpResponse:
    viewer, paging, now = anyone(request), paging_of(request, ROWS), request.clock.now()
    return show_stored(request, request.authority.pk, lambda: _list(viewer, Kind.COLUMN, paging, now))


def _list(viewer: Viewer, kind: Kind, paging: Paging, now: datetime) -> Main:
    found, total = list_shown(viewer.authority, kind, now, offset=paging.offset, limit=paging.size)
    is_news = kind == Kind.NEWS
    title = _("Actualités") if is_news else _("Tribunes de l’opposition")
    path = NEWS if is_news else COLUMNS
    context = {
        "prefix": at(""),
        "trail": [(_("Plus"), at("/plus")), (title, "")],
        "title": title,
        "is_news": is_news,
        "rows": [row_of(each) for each in found],
        "columns": [row_of(each) for each in latest_columns(viewer.authority, BESIDE)] if is_news else [],
        "pager": pager(paging, len(found), total, at(path)),
        "empty": _no_news() if is_news else _no_columns(),
    }
    return Main("web/editorial/news.html", context, title, feeds=feeds_of(NEWS) if is_news else ())


def _no_news() -> dict[str, Any]:
    return {
        "what": _("Aucune actualité"),
        "why": _("La collectivité annonce ici ce qui se passe, jour après jour."),
        "who": _("Elle publie la première depuis son bureau."),
        "action": (_("Voir ce qui est ouvert"), at("/participer")),
    }


def _no_columns() -> dict[str, Any]:
    return {
        "what": _("Aucune tribune"),
        "why": _(
            "Les élues et les élus qui n’appartiennent pas à la majorité disposent d’un espace d’expression."
        ),
        "who": _("Un groupe désigné par un acte public y écrit lui-même ; la collectivité n’y touche pas."),
        "action": (_("Lire les actualités"), at(NEWS)),
    }


@by_code
def piece(request: Request, code: str) -> HttpResponse:
    return _piece(request, Kind.NEWS, code)


@by_code
def column(request: Request, code: str) -> HttpResponse:
    return _piece(request, Kind.COLUMN, code)


def _piece(request: Request, kind: Kind, code: str) -> HttpResponse:
    found = piece_by_code(request.authority, kind, code, request.clock.now())
    if found is None:
        raise RecordNotFound(code)
    above = (_("Actualités"), at(NEWS)) if kind == Kind.NEWS else (_("Tribunes de l’opposition"), at(COLUMNS))

    def build() -> Main:
        title = found.record.title
        context = {"prefix": at(""), "trail": [above, (title, "")], "group": found.group, **drawn(found)}
        return Main("web/editorial/piece.html", context, title, str(excerpt_of(found.record, 160)))

    return show_stored(request, request.authority.pk, build)
