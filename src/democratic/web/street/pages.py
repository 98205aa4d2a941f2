"""Public pages: the sessions that come and those that were, and one of them."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.participation.reports.home import title_of
from democratic.participation.street.models import StreetSession
from democratic.participation.street.queries import (
    MOST_PLACED,
    get_session_for,
    list_sessions,
    photos_of,
    promised_at,
    sessions_to_place,
    texts_of,
)
from democratic.participation.street.said import Beside, count_newness, last_said, said_at
from democratic.participation.street.states import SessionState
from democratic.people.models import AgeBand
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web.files_shown import photo_of
from democratic.web.formats import number
from democratic.web.map.files import Feature, answer_geojson, place_feature
from democratic.web.pages import Main, show_stored
from democratic.web.places import at, fil_path, process_path, record_path
from democratic.web.processes.days import anyone
from democratic.web.processes.outings import state_pill, when_of
from democratic.web.processes.paging import Paging, pager, paging_of
from democratic.web.requests import Request
from democratic.web.street.beside import ASKED, asked_of, lines_of, row_of, tabs_of
from democratic.web.street.missing import missing_of
from democratic.web.street.places import LIST, POINTS, page_of
from democratic.web.street.where import drawn, lines_of_sessions
from democratic.web.street.words import counted_lines
from democratic.web.suites.reading import by_code

PAGE, ON_THE_WALL = 20, 12
EVERY = 30  # seconds
PAST = "passes"


@require_safe
def sessions(request: Request) -> HttpResponse:
    viewer, paging = anyone(request), paging_of(request, PAGE)
    is_ahead = request.GET.get("etat") != PAST
    build = partial(_build_list, viewer, paging, request.clock.now(), is_ahead=is_ahead)
    return show_stored(request, viewer.authority.pk, build)


def _build_list(viewer: Viewer, paging: Paging, now: datetime, *, is_ahead: bool) -> Main:
    found, total = list_sessions(viewer, now, offset=paging.offset, limit=paging.size, is_ahead=is_ahead)
    title, path, kept = _("Les rendez-vous de rue"), at(LIST), "" if is_ahead else PAST
    placed = lines_of_sessions(viewer, sessions_to_place(viewer, now, is_ahead=is_ahead))
    context = {
        "prefix": at(""),
        "trail": [(_("Participer"), at("/participer")), (title, "")],
        "title": title,
        "tabs": [(_("À venir"), path, is_ahead), (_("Passés"), f"{path}?etat={PAST}", not is_ahead)],
        "rows": [_row(each) for each in found],
        "pager": pager(paging, len(found), total, path, etat=kept),
        "empty": _empty(is_ahead=is_ahead),
        **drawn(viewer, placed),
        "most": MOST_PLACED if total > MOST_PLACED else 0,
        "points_url": at(POINTS) + (f"?etat={kept}" if kept else ""),
        "outline_url": at("/contours.geojson"),
        "tiles": settings.TILES_URL,
        "attribution": settings.TILES_ATTRIBUTION,
    }
    return Main("web/street/list.html", context, title, section="participate")


@require_safe
def sessions_geojson(request: Request) -> HttpResponse:
    """The same places as the page."""
    viewer, is_ahead = anyone(request), request.GET.get("etat") != PAST

    def features() -> Iterable[Feature]:
        lines = lines_of_sessions(viewer, sessions_to_place(viewer, request.clock.now(), is_ahead=is_ahead))
        for line in lines.located:
            yield place_feature(viewer.authority, line, line.n)

    return answer_geojson(request, viewer.authority.pk, features)


def _row(session: StreetSession) -> dict[str, Any]:
    label, tone = state_pill(session)
    return {
        "title": title_of(session.record),
        "url": page_of(session),
        "when": when_of(session),
        "place": session.record.place,
        "process": title_of(session.process.record),
        "state": label,
        "tone": tone,
    }


def _empty(*, is_ahead: bool) -> dict[str, Any]:
    action = (_("Voir les concertations"), at("/participer"))
    if is_ahead:
        return {
            "what": _("Aucun rendez-vous de rue n’est annoncé"),
            "why": _(
                "Des agents vont poser une question là où vous passez : une gare, un marché, un arrêt de bus."
            ),
            "who": _("Le prochain sera annoncé ici, avec son lieu et son heure."),
            "action": action,
        }
    return {
        "what": _("Aucun rendez-vous de rue n’a encore eu lieu"),
        "why": _("Ce qui s’y dit est relu, puis publié ici, et reçoit une réponse comme le reste."),
        "who": _("Ceux qui sont annoncés passent ici une fois tenus."),
        "action": action,
    }


@by_code
def session(request: Request, code: str) -> HttpResponse:
    viewer, paging = anyone(request), paging_of(request, PAGE)
    found, named = get_session_for(viewer, code), request.GET.get(ASKED, "")
    return show_stored(request, found.process_id, partial(_build_page, viewer, found, paging, named))


def _build_page(viewer: Viewer, session: StreetSession, paging: Paging, named: str) -> Main:
    record, title = session.record, title_of(session.record)
    newness, name = asked_of(named)
    said, total = said_at(viewer, session, newness=newness, offset=paging.offset, limit=paging.size)
    is_told = record.state == SessionState.VALIDATED
    beside = count_newness(viewer, session) if is_told else Beside()
    missing = missing_of(session) if is_told else None
    context = {
        "prefix": at(""),
        "session": session,
        "title": title,
        "pill": state_pill(session),
        "withdrawal": getattr(record, "withdrawal", None),
        "trail": [(_("Les rendez-vous de rue"), at(LIST)), (title, "")],
        "when": when_of(session),
        "is_planned": record.state == SessionState.PLANNED,
        "is_held": record.state == SessionState.HELD,
        "is_told": is_told,
        "said": [row_of(each) for each in said],
        "total": total,
        "pager": pager(paging, len(said), total, page_of(session), **{ASKED: name}),
        "beside": lines_of(beside) if beside.compared else [],
        "uncompared": beside.uncompared,
        "tabs": tabs_of(session, beside, name) if beside.compared else [],
        "numbers": counted_lines(session.counted) if is_told else [],
        "missing": missing,
        "bands": _bands(session.counted) if is_told and not missing else [],
        "bodies": _bodies(session.counted) if is_told else [],
        "photos": [photo for each in photos_of(session) if (photo := photo_of(each))],
        "promises": [
            (title_of(each), record_path(each.kind, each.code)) for each in promised_at(viewer, session)
        ],
        "texts": [(title_of(each), fil_path(each.code)) for each in texts_of(session)],
        "poll": _poll(session),
        "process_title": title_of(session.process.record),
        "process_url": process_path(session.process.slug),
        "wall_url": f"{page_of(session)}/mur",
    }
    return Main("web/street/page.html", context, title, f"{when_of(session)}, {record.place}", "participate")


def _bands(counted: dict[str, Any]) -> list[tuple[str, str]]:
    bands = counted.get("bands", {})
    if not any(bands.values()):
        return []  # a table that publishes nothing says nothing
    return [(str(band.label), _n(bands[band.value])) for band in AgeBand if band.value in bands]


def _bodies(counted: dict[str, Any]) -> list[tuple[str, str]]:
    words = {
        "no": _("Dans aucune association, aucun conseil"),
        "yes": _("Dans une association ou un conseil"),
        "unsaid": _("Non dit"),
    }
    told = counted.get("in_a_body", {})
    return [(word, _n(told[key])) for key, word in words.items() if key in told and any(told.values())]


def _n(n: int | None) -> str:
    return _("non publié") if n is None else number(n)


def _poll(session: StreetSession) -> tuple[str, str] | None:
    poll = session.poll
    return (title_of(poll.record), record_path(Kind.POLL, poll.record.code)) if poll else None


@by_code
def wall(request: Request, code: str) -> HttpResponse:
    """For a screen in the street: the question, and what was said last, in large, brought by itself until it is paused."""
    viewer = anyone(request)
    found = get_session_for(viewer, code)
    context = {
        "session": found,
        "title": title_of(found.record),
        "said": [
            (each.spoken(each.text), each.byline) for each in last_said(viewer, found, limit=ON_THE_WALL)
        ],
        "every": 0 if request.GET.get("pause") == "oui" else EVERY,
        "language": request.LANGUAGE_CODE,
        "authority": viewer.authority,
        "address": page_of(found),
    }
    return render(request, "web/street/wall.html", context)
