"""Maps: outlines and dots that are links, the same in a list beside, and a livelier map where a script runs."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from civics.territory.geometry import Area
from democratic.participation.ideas.queries import IdeasHead, get_ideas_head_for
from democratic.thread.queries.facets import Facets
from democratic.thread.queries.places import areas_of
from democratic.thread.rules import Viewer
from democratic.web import words
from democratic.web.formats import number
from democratic.web.ideas.asked import ORIGIN, STATE, THEME, Asked
from democratic.web.ideas.boxes import Group, chips_of, facets_of
from democratic.web.ideas.keeping import show_kept
from democratic.web.ideas.phrases import sentence, what_became
from democratic.web.map.counting import asked_of, lines_in_authority, lines_in_process
from democratic.web.map.drawing import draw
from democratic.web.map.lines import Line, Lines
from democratic.web.pages import Main, show_stored
from democratic.web.places import at, process_path
from democratic.web.processes.days import anyone
from democratic.web.requests import Request
from democratic.web.suites.reading import by_slug


@require_safe
def map_of_authority(request: Request) -> HttpResponse:
    viewer = anyone(request)
    return show_stored(request, viewer.authority.pk, partial(_of_authority, viewer))


@by_slug
def map_of_process(request: Request, slug: str) -> HttpResponse:
    viewer = anyone(request)
    head = get_ideas_head_for(viewer, slug)
    asked = asked_of(slug, request.GET)
    return show_kept(request, head.id, partial(_of_process, viewer, head, asked))


def _of_authority(viewer: Viewer) -> Main:
    lines = lines_in_authority(viewer)
    context = {
        "trail": [(_("Participer"), at("/participer")), (_("Carte"), "")],
        "groups": [],
        **_shown(lines, areas_of(viewer.authority), at("/carte")),
        "ideas_url": at("/participer"),
        "ideas_label": _("Toutes les concertations"),
    }
    return Main(
        "web/map/map.html",
        context,
        title=_("Carte des idées"),
        description=_("Où l’on parle : les idées de toutes les concertations, lieu par lieu."),
        section="participate",
    )


def _of_process(viewer: Viewer, head: IdeasHead, asked: Asked) -> Main:
    lines, facets = lines_in_process(viewer, head, asked)
    groups, ticked = _groups(facets), asked.ticked()
    context = {
        "trail": [(head.title, process_path(head.slug)), (_("Carte"), "")],
        "facets": facets_of(
            groups, ticked, action=asked.base, label=_("Filtrer la carte"), keep=asked.kept()
        ),
        "chips": chips_of(groups, ticked, lambda pair: asked.without(*pair)),
        "clear_url": asked.base,
        **_shown(lines, areas_of(viewer.authority), asked.base),
        "ideas_url": process_path(head.slug, "idees"),
        "ideas_label": _("Toutes les idées"),
    }
    # Under the same filters, the files hold the same ideas as the page.
    query = asked.address([*asked.kept(), *ticked]).removeprefix(asked.base)
    context["points_url"] += query
    context["downloads"] = [(label, url + query) for label, url in context["downloads"]]
    return Main(
        "web/map/map.html",
        context,
        title=_("Carte · %(process)s") % {"process": head.title},
        description=_("Où l’on parle dans la concertation « %(title)s », lieu par lieu.")
        % {"title": head.title},
        section="participate",
    )


def _groups(facets: Facets) -> list[Group]:
    """Those of the list of ideas; not the places, which are the map itself."""
    return [
        Group(
            _("Ce qu’elle est devenue"),
            STATE,
            [(box, what_became(box.value)[1]) for box in facets.states],
        ),
        Group(
            _("Comment elle a été dite"),
            ORIGIN,
            [(box, sentence(str(words.ORIGINS.get(box.value, box.value)))) for box in facets.origins],
        ),
        Group(_("Sujet"), THEME, [(box, box.label) for box in facets.themes if box.label]),
    ]


def _shown(lines: Lines, areas: Sequence[Area], base: str) -> dict[str, Any]:
    drawing = draw(areas, lines.located)
    return {
        "title": _finding(lines),
        "drawing": drawing,
        "lines": [_row(line) for line in lines.known],
        "other": [_row(line) for line in lines.other],
        "nowhere": number(lines.nowhere) if lines.nowhere else "",
        "points_url": f"{base}.geojson",
        "outline_url": at("/contours.geojson"),
        "downloads": [("CSV", f"{base}.csv"), ("GeoJSON", f"{base}.geojson")],
        "tiles": settings.TILES_URL,
        "attribution": settings.TILES_ATTRIBUTION,
    }


def _finding(lines: Lines) -> str:
    """What the map shows, as its title."""
    heard = [line for line in lines.known if line.n]
    if not lines.total:
        return _("Aucune idée sur la carte pour le moment")
    if not heard:
        return ngettext("%(n)s idée, sans lieu connu", "%(n)s idées, sans lieu connu", lines.total) % {
            "n": number(lines.total)
        }
    places = ngettext("%(n)s lieu", "%(n)s lieux", len(heard)) % {"n": number(len(heard))}
    counted = ngettext("%(n)s idée", "%(n)s idées", lines.total) % {"n": number(lines.total)}
    return _("%(ideas)s, %(places)s : d’abord %(first)s") % {
        "ideas": counted,
        "places": places,
        "first": heard[0].name,
    }


def _row(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "slug": line.slug,
        "n": number(line.n),
        "url": line.parts[0].url if len(line.parts) == 1 else "",
        "parts": [(part.title, number(part.n), part.url) for part in line.parts]
        if len(line.parts) > 1
        else [],
        "is_drawn": line.at is not None,
    }
