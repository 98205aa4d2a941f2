"""What maps read: the outline, the gazetteer, how many ideas each place has, and the points given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from civics.territory.geometry import Area, Point, Polygon
from democratic.kernel.spoken import Spoken
from democratic.thread.models import Authority, Kind, Outline, Place
from democratic.thread.queries.clauses import Clause, fill, joined, rows_of
from democratic.thread.queries.facets import Chosen, Shelf
from democratic.thread.queries.shelves import count_shelves
from democratic.thread.rules import Viewer, visible_records

# Beyond, a map of points is a stain and a page nobody can load: the places alone are given.
MOST_POINTS = 5_000


def areas_of(authority: Authority) -> list[Area]:
    """Empty while no outline was imported."""
    held = Outline.objects.filter(authority=authority).values_list("areas", flat=True).first()
    return [Area(name, tuple(_polygon(each) for each in polygons)) for name, polygons in held or ()]


def _polygon(said: Sequence[Sequence[Sequence[float]]]) -> Polygon:
    return tuple(tuple((x, y) for x, y in ring) for ring in said)


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the gazetteer; ``at`` is None when nobody said where it is."""

    name: str
    slug: str
    at: Point | None
    is_official: bool = True


def places_of(authority: Authority) -> list[Known]:
    """From north to south, as one reads a map; those without a position last."""
    rows = Place.objects.filter(authority=authority).values_list(
        "name", "slug", "longitude", "latitude", "is_official"
    )
    known = [
        Known(name, slug, None if x is None else (float(x), float(y)), is_official)
        for name, slug, x, y, is_official in rows
    ]
    return sorted(known, key=lambda each: (each.at is None, -each.at[1] if each.at else 0, each.name))


def official_names(authority: Authority) -> list[str]:
    """Proposed to who says where."""
    found = Place.objects.filter(authority=authority, is_official=True).order_by("name")
    return list(found.values_list("name", flat=True))


def listed_communes(authority: Authority) -> list[tuple[str, str, str]]:
    """Code of the Insee, name, postcode of those that the authority listed, by name."""
    found = Place.objects.filter(authority=authority, is_official=True).exclude(insee_code="")
    return list(found.order_by("name").values_list("insee_code", "name", "postcode"))


def has_map(authority: Authority) -> bool:
    return Outline.objects.filter(authority=authority).exists()


@dataclass(frozen=True, slots=True)
class SaidIn:
    """How many public ideas name this place, in the words of those who said it, in one process."""

    place: str
    n: int
    slug: str
    title: str


def said_where(viewer: Viewer) -> list[SaidIn]:
    """In the processes that everyone may read; ``place`` is empty for ideas that name none. Two queries."""
    shelves = count_shelves(viewer.authority)
    by_place = {
        (process, place): n
        for (process, kind, facet, place), n in shelves.items()
        if (kind, facet) == (Kind.IDEA, "place")
    }
    shown = visible_records(viewer).filter(pk__in={process for process, _place in by_place}).order_by()
    said = shown.values_list("pk", "as_process__slug", "wording__title", "wording__language")
    named = {pk: (slug, Spoken(title, language)) for pk, slug, title, language in said}
    return [SaidIn(place, n, *named[process]) for (process, place), n in by_place.items() if process in named]


@dataclass(frozen=True, slots=True)
class Pointed:
    """An idea at the point that its author gave. No author here: a map is not a list of people."""

    code: str
    title: str
    origin: str
    place: str
    at: Point


@dataclass(frozen=True, slots=True)
class Points:
    """``is_summed``: there are too many to give; places alone say where."""

    points: list[Pointed] = field(default_factory=list)
    is_summed: bool = False


_OF_AUTHORITY = """
r.authority_id = %s and r.kind = 'idea' and r.visibility = 'public'
and r.audience_id in (select id from thread_audience where is_public)
and exists (select from thread_record process where process.id = r.process_id and process.visibility = 'public')
"""
# Stopped before it is sorted: when there are too many, none is given, and no order is worth its cost.
_POINTS = """
select code, title, language, origin, place, longitude, latitude from (
  select r.code, w.title, w.language, r.origin, r.place, p.longitude, p.latitude
  from thread_recordpoint p
  join thread_record r on r.id = p.record_id
  join thread_wording w on w.id = r.wording_id
  where {where} limit {limit}) pointed
order by latitude desc, longitude, code
"""


def points_on(shelf: Shelf, chosen: Chosen, *, most: int = MOST_POINTS) -> Points:
    """From north to south, under what is ticked; none of them when there are more than ``most``."""
    return _points(joined([shelf.clause(), *chosen.clauses().values()]), most)


def points_of(authority: UUID, *, most: int = MOST_POINTS) -> Points:
    """Of every process that anyone may read."""
    return _points((_OF_AUTHORITY, [authority]), most)


def _points(where: Clause, most: int) -> Points:
    rows = rows_of(fill(_POINTS, where=where, limit=("%s", [most + 1])))
    if len(rows) > most:
        return Points(is_summed=True)
    return Points(
        [
            Pointed(code, Spoken(title, language), origin, place, (float(x), float(y)))
            for code, title, language, origin, place, x, y in rows
        ]
    )
