"""Where things are: an authority's outline with its gazetteer, and the point that a Record speaks of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from civics.territory.communes_file import Commune
from civics.territory.geometry import Area, Point, rounded, seat_of
from civics.territory.simplify import count_points, simplify
from democratic.kernel import pages
from democratic.kernel.clock import Clock
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.text import clean_line
from democratic.thread.models import Authority, Kind, Outline, Place, Record, RecordPoint

# What a page can carry: about 40 kB of drawing.
SHOWN_POINTS = 3_000
NAME_LIMIT = 80


class CannotImport(Exception):
    """A name has no place in a gazetteer: too long, or the same as another's but for its accents."""


@dataclass(frozen=True, slots=True)
class Imported:
    areas: int
    places: int
    points: int
    shown: int


@transaction.atomic
def import_outline(*, authority: Authority, areas: Sequence[Area], clock: Clock) -> Imported:
    """Replace the outline, and make each named area a municipality of the gazetteer.

    A municipality that is no longer there is no longer proposed, unless the authority's own list names it; what
    was said there stays on the map.
    """
    Authority.objects.select_for_update().get(pk=authority.pk)
    named = _named(areas)
    shown = simplify(areas, most=SHOWN_POINTS)
    Outline.objects.update_or_create(
        authority=authority,
        defaults={
            "areas": [[area.name, _rounded(area)] for area in shown],
            "imported_at": clock.now(),
        },
    )
    gone = Place.objects.filter(authority=authority, kind=Place.Kind.MUNICIPALITY, insee_code="")
    gone.exclude(slug__in=named).update(is_official=False)
    for slug, area in named.items():
        _place(authority, slug, area)
    _bump_maps_of(authority)
    return Imported(len(areas), len(named), count_points(areas), count_points(shown))


def _named(areas: Sequence[Area]) -> dict[str, Area]:
    found: dict[str, Area] = {}
    for area in areas:
        name, slug = clean_line(area.name), slugify(area.name)
        if not name:
            continue
        if not slug or len(name) > NAME_LIMIT or slug in found:
            raise CannotImport(name)
        found[slug] = Area(name, area.polygons)
    return found


def _place(authority: Authority, slug: str, area: Area) -> None:
    longitude, latitude = seat_of(area)
    Place.objects.update_or_create(
        authority=authority,
        slug=slug,
        defaults={
            "name": area.name,
            "kind": Place.Kind.MUNICIPALITY,
            "latitude": _decimal(latitude, 5),
            "longitude": _decimal(longitude, 5),
            "is_official": True,
        },
    )


@transaction.atomic
def list_communes(*, authority: Authority, communes: Sequence[Commune]) -> int:
    """The list in the place of the one before. What an outline placed keeps its point; the others have none yet.

    CannotImport: two names are the same but for their accents. Returns how many are proposed.
    """
    Authority.objects.select_for_update().get(pk=authority.pk)
    listed: dict[str, Commune] = {}
    for commune in communes:
        slug = slugify(commune.name)
        if not slug or slug in listed:
            raise CannotImport(commune.name)
        listed[slug] = commune
    before = Place.objects.filter(authority=authority, kind=Place.Kind.MUNICIPALITY).exclude(insee_code="")
    before.exclude(slug__in=listed).update(is_official=False, insee_code="", postcode="")
    Place.objects.bulk_create(
        [
            Place(
                authority=authority,
                slug=slug,
                name=clean_line(each.name),
                kind=Place.Kind.MUNICIPALITY,
                insee_code=each.insee_code,
                postcode=each.postcode,
            )
            for slug, each in listed.items()
        ],
        update_conflicts=True,
        unique_fields=["authority", "slug"],
        update_fields=["name", "kind", "insee_code", "postcode", "is_official"],
    )
    _bump_maps_of(authority)
    return len(listed)


def _rounded(area: Area) -> list[list[list[list[float]]]]:
    """To a metre: more digits weigh and show nothing."""
    return [[[[round(x, 5), round(y, 5)] for x, y in ring] for ring in polygon] for polygon in area.polygons]


def _bump_maps_of(authority: Authority) -> None:
    processes = Record.objects.filter(authority=authority, kind=Kind.PROCESS).values_list("pk", flat=True)
    pages.bump([authority.pk, *processes])


def keep_point(*, record: Record, point: Point) -> RecordPoint:
    """In the transaction of the act that says it. Rounded first: nothing finer ever reaches the database.

    It stands beside the words and not in the journal: it is erased with them, and leaves no print.
    """
    longitude, latitude = rounded(point)
    return RecordPoint.objects.create(
        record=record, latitude=_decimal(latitude, 3), longitude=_decimal(longitude, 3)
    )


def move_point(*, record: Record, point: Point | None) -> None:
    """In the transaction of the act that changes it: elsewhere, or nowhere any more."""
    RecordPoint.objects.filter(record=record).delete()
    if point is not None:
        keep_point(record=record, point=point)


@transaction.atomic
def erase_points(*, records: Collection[UUID]) -> int:
    """The words stay, with the places that they name. Returns how many records had a point."""
    pointed = list(RecordPoint.objects.filter(record__in=records).values_list("record", flat=True))
    RecordPoint.objects.filter(record__in=pointed).delete()
    note_erasure(ErasureKind.POINT, pointed)
    found = Record.objects.filter(pk__in=pointed).values_list("authority", "process")
    pages.bump({scope for scopes in found for scope in scopes if scope})
    return len(pointed)


def _decimal(degrees: float, places: int) -> Decimal:
    return Decimal(f"{degrees:.{places}f}")
