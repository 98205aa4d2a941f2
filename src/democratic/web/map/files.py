"""The same facts as files: points and places as GeoJSON, places as CSV, the outline; and no author in any."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from civics.territory.geometry import Point
from democratic.kernel.pages import stamp_of
from democratic.participation.ideas.queries import get_ideas_head_for
from democratic.thread.addresses import public_address, public_url
from democratic.thread.models import Authority
from democratic.thread.queries.places import Pointed, Points, areas_of, points_of, points_on
from democratic.web.map.counting import asked_of, lines_in_authority, lines_in_process
from democratic.web.map.lines import Line, Lines, slugs_of
from democratic.web.places import elsewhere
from democratic.web.processes.days import anyone
from democratic.web.requests import Request
from democratic.web.suites.csv_files import csv_response
from democratic.web.suites.reading import by_slug

Feature = Mapping[str, Any]
GEOJSON = "application/geo+json"


@require_safe
def outline(request: Request) -> HttpResponse:
    def features() -> Iterable[Feature]:
        for area in areas_of(request.authority):
            shape = {"type": "MultiPolygon", "coordinates": area.polygons}
            yield {"type": "Feature", "properties": {"name": area.name}, "geometry": shape}

    return answer_geojson(request, request.authority.pk, features)


@require_safe
def points_of_authority(request: Request) -> HttpResponse:
    viewer = anyone(request)
    authority = viewer.authority
    return answer_geojson(
        request,
        authority.pk,
        lambda: features_of(authority, points_of(authority.pk), lines_in_authority(viewer)),
    )


@by_slug
def points_of_process(request: Request, slug: str) -> HttpResponse:
    viewer = anyone(request)
    head = get_ideas_head_for(viewer, slug)
    asked = asked_of(slug, request.GET)

    def features() -> Iterable[Feature]:
        lines, _facets = lines_in_process(viewer, head, asked)
        return features_of(viewer.authority, points_on(head.shelf, asked.chosen), lines)

    return answer_geojson(request, head.id, features)


@require_safe
def places_of_authority(request: Request) -> HttpResponse:
    return _table("carte", lines_in_authority(anyone(request)))


@by_slug
def places_of_process(request: Request, slug: str) -> HttpResponse:
    viewer = anyone(request)
    asked = asked_of(slug, request.GET)
    lines, _facets = lines_in_process(viewer, get_ideas_head_for(viewer, slug), asked)
    return _table(f"carte-{slug}", lines)


def features_of(authority: Authority, points: Points, lines: Lines) -> list[Feature]:
    """Each idea once: at its own point, or counted at the place that it names."""
    slugs = slugs_of({point.place for point in points.points}, lines.known)
    apart = Counter(slugs[point.place] for point in points.points if point.place in slugs)
    places = [place_feature(authority, line, line.n - apart[line.slug]) for line in lines.located]
    prefix = public_url(authority, "/idees/", get_language() or "fr")
    return [
        *(each for each in places if each["properties"]["n"] > 0),
        *(_point(point, prefix) for point in points.points),
    ]


def place_feature(authority: Authority, line: Line, n: int) -> Feature:
    whole = line.url and (
        public_address(authority) + line.url if line.url.startswith("#") else elsewhere(authority, line.url)
    )
    return _feature(line.at or (0, 0), {"kind": "place", "name": line.name, "n": n, "url": whole})


def _point(point: Pointed, prefix: str) -> Feature:
    said = {"kind": "idea", "code": point.code, "title": point.title, "origin": point.origin}
    return _feature(point.at, {**said, "url": f"{prefix}{point.code}"})


def _feature(at: Point, properties: Mapping[str, Any]) -> Feature:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": at}}


def answer_geojson(request: Request, scope: UUID, features: Callable[[], Iterable[Feature]]) -> HttpResponse:
    """Asked for again only when what it is made of moved: its tag is the version of its scope."""
    version = stamp_of(scope).version
    tag = f'"{version}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(_said(request, version, features), content_type=GEOJSON)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    return response


def _said(request: Request, version: int, features: Callable[[], Iterable[Feature]]) -> bytes:
    """Without a filter, kept in the place of the version before: a file of points may be large."""
    key = f"geojson:{request.authority.pk}:{request.path}:{get_language()}"
    is_kept = not request.GET
    kept: tuple[int, bytes] | None = caches["fragments"].get(key) if is_kept else None
    if kept and kept[0] == version:
        return kept[1]
    held = {"type": "FeatureCollection", "features": list(features())}
    said = json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()
    if is_kept:
        caches["fragments"].set(key, (version, said))
    return said


def _table(name: str, lines: Lines) -> HttpResponse:
    head = [_("Lieu"), _("Idées"), _("Latitude"), _("Longitude")]
    rows: Sequence[Sequence[Any]] = [
        [line.name, line.n, *((line.at[1], line.at[0]) if line.at else ("", ""))]
        for line in (*lines.known, *lines.other)
    ]
    return csv_response(name, head, [*rows, [_("Sans lieu"), lines.nowhere, "", ""]])
