"""Where street sessions are held: by the point that was given, or the known place that their own words name."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import ngettext

from democratic.participation.reports.home import title_of
from democratic.participation.street.models import StreetSession
from democratic.thread.models import RecordPoint
from democratic.thread.queries.places import areas_of, places_of
from democratic.thread.rules import Viewer
from democratic.web.formats import number
from democratic.web.map.drawing import draw
from democratic.web.map.lines import Line, Lines, Part, slugs_of
from democratic.web.processes.outings import when_of
from democratic.web.street.places import page_of


def lines_of_sessions(viewer: Viewer, sessions: Sequence[StreetSession]) -> Lines:
    """``known``: the places with sessions, those with most first; ``other``: what no map places. One query."""
    known = {each.slug: each for each in places_of(viewer.authority)}
    points = {each.pk: getattr(each.record, "point", None) for each in sessions}
    others = [each for each in sessions if points[each.pk] is None]
    slugs = slugs_of({each.record.place for each in others}, list(known.values()))
    there: dict[str, list[Part]] = defaultdict(list)
    elsewhere: dict[str, list[Part]] = defaultdict(list)
    for each in others:
        slug = slugs.get(each.record.place, "")
        (there[slug] if slug else elsewhere[each.record.place]).append(_part(each))
    lines = [_at(point, each) for each in sessions if (point := points[each.pk])]
    lines += [Line(known[slug].name, slug, known[slug].at, tuple(parts)) for slug, parts in there.items()]
    unplaced = [Line(place, "", None, tuple(parts)) for place, parts in elsewhere.items()]
    return Lines(_most_first(lines), _most_first(unplaced), 0)


def _at(point: RecordPoint, session: StreetSession) -> Line:
    at = (float(point.longitude), float(point.latitude))
    return Line(session.record.place, session.record.code.lower(), at, (_part(session),))


def _part(session: StreetSession) -> Part:
    return Part(f"{title_of(session.record)} · {when_of(session)}", 1, page_of(session))


def _most_first(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.n, line.name))


def drawn(viewer: Viewer, lines: Lines) -> dict[str, Any]:
    """For map/still.html and map/places.html. One query."""
    return {
        "drawing": draw(areas_of(viewer.authority), lines.located),
        "lines": [_row(line) for line in lines.known],
        "other": [_row(line) for line in lines.other],
        "finding": _finding(lines),
    }


def _row(line: Line) -> dict[str, Any]:
    parts = [(part.title, "", part.url) for part in line.parts]
    return {"name": line.name, "slug": line.slug, "n": number(line.n), "url": "", "parts": parts}


def _finding(lines: Lines) -> str:
    sessions, places = lines.total, len(lines.known) + len(lines.other)
    told = ngettext("%(n)s rendez-vous", "%(n)s rendez-vous", sessions) % {"n": number(sessions)}
    named = ngettext("%(n)s lieu", "%(n)s lieux", places) % {"n": number(places)}
    return f"{told}, {named}"
