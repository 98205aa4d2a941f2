"""« Les questions »: those that one can answer now, and those that are closed, with how many answered."""

from datetime import date, datetime
from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.participation.polls.queries import list_polls
from democratic.participation.reports.home import title_of
from democratic.thread.rules import Viewer
from democratic.web.feed_links import feeds_of
from democratic.web.pages import Main, show_stored
from democratic.web.places import at
from democratic.web.processes.days import anyone, today_of
from democratic.web.processes.paging import Paging, pager, paging_of
from democratic.web.processes.questions import question_row
from democratic.web.requests import Request

PAGE = 20
PATH, CLOSED = "/questions", "closes"


@require_safe
def polls(request: Request) -> HttpResponse:
    viewer, paging = anyone(request), paging_of(request, PAGE)
    is_open = request.GET.get("etat") != CLOSED
    build = partial(_build, viewer, paging, request.clock.now(), today_of(request), is_open=is_open)
    return show_stored(request, viewer.authority.pk, build)


def _build(viewer: Viewer, paging: Paging, now: datetime, today: date, *, is_open: bool) -> Main:
    found, total = list_polls(viewer, now, is_open=is_open, offset=paging.offset, limit=paging.size)
    title = _("Les questions ouvertes") if is_open else _("Les questions closes")
    path, kept = at(PATH), "" if is_open else CLOSED
    context = {
        "prefix": at(""),
        "trail": [(_("Participer"), at("/participer")), (title, "")],
        "title": title,
        "tabs": [
            (_("Ouvertes"), path, is_open),
            (_("Closes"), f"{path}?etat={CLOSED}", not is_open),
        ],
        "rows": [
            question_row(each, viewer.authority.time_zone, today) | {"place": title_of(each.process.record)}
            for each in found
        ],
        "pager": pager(paging, len(found), total, path, etat=kept),
        "empty": _empty(is_open=is_open),
    }
    feeds = feeds_of(PATH) if is_open else ()
    return Main("web/polls/listed.html", context, title, section="participate", feeds=feeds)


def _empty(*, is_open: bool) -> dict[str, object]:
    if is_open:
        return {
            "what": _("Aucune question n’est ouverte"),
            "why": _("Une question se pose dans une concertation, pour quelques jours ou quelques semaines."),
            "who": _("La collectivité ouvre la prochaine ; elle apparaîtra ici, avec son dernier jour."),
            "action": (_("Voir les concertations"), at("/participer")),
        }
    return {
        "what": _("Aucune question n’est close"),
        "why": _("Une question close reste ici, avec son résultat."),
        "who": _("Celles qui sont ouvertes se ferment d’elles-mêmes, le jour dit."),
        "action": (_("Voir les questions ouvertes"), at(PATH)),
    }
