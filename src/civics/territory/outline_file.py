"""An outline as a GeoJSON file says it (RFC 7946): polygons in degrees, refused whole when one thing is wrong."""

import json
import math
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from civics.territory.geometry import Area, Point, Polygon, Ring, rings_of, twice_the_surface

MOST_BYTES = 5 * 1024 * 1024
MOST_POINTS = 50_000
MOST_BRACKETS = 4 * MOST_POINTS  # each point has one; each ring, area and property a few
NAMES = ("nom", "name", "NOM", "NAME", "NOM_COM", "nom_com", "libelle", "LIBELLE")
_WGS84 = ("CRS84", "4326")
_LEAST = 4


class Fault(StrEnum):
    TOO_HEAVY = "too_heavy"
    NOT_JSON = "not_json"
    NOT_GEOJSON = "not_geojson"
    OTHER_CRS = "other_crs"
    NOT_POLYGONS = "not_polygons"
    NOT_A_RING = "not_a_ring"
    NOT_DEGREES = "not_degrees"
    TOO_MANY = "too_many"
    EMPTY = "empty"


class NotAnOutline(Exception):
    """``feature``: which one of the file is at fault, from 1, with its name; 0 when it is the file itself."""

    def __init__(self, fault: Fault, feature: int = 0, name: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.feature, self.name = fault, feature, name


def read_outline(content: bytes) -> list[Area]:
    """Areas by name, each name once: what a file says in several pieces is put together."""
    if len(content) > MOST_BYTES:
        raise NotAnOutline(Fault.TOO_HEAVY)
    if content.count(b"[") + content.count(b"{") > MOST_BRACKETS:  # before anything is made of them
        raise NotAnOutline(Fault.TOO_MANY)
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as unread:
        raise NotAnOutline(Fault.NOT_JSON) from unread
    if not isinstance(said, dict):
        raise NotAnOutline(Fault.NOT_GEOJSON)
    _refuse_other_crs(said)
    found: dict[str, tuple[Polygon, ...]] = {}
    for name, polygons in _features(said):
        found[name] = found.get(name, ()) + polygons
    areas = [Area(name, _largest_first(polygons)) for name, polygons in found.items() if polygons]
    if not areas:
        raise NotAnOutline(Fault.EMPTY)
    if sum(map(len, rings_of(areas))) > MOST_POINTS:
        raise NotAnOutline(Fault.TOO_MANY)
    return areas


def _refuse_other_crs(said: Mapping[str, Any]) -> None:
    """RFC 7946 has none; files of before name theirs."""
    crs = said.get("crs")
    if crs is not None and not any(name in json.dumps(crs) for name in _WGS84):
        raise NotAnOutline(Fault.OTHER_CRS)


def _features(said: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Polygon, ...]]]:
    kind = said.get("type")
    if kind == "FeatureCollection":
        for at, feature in enumerate(_list(said.get("features")), start=1):
            if not isinstance(feature, dict) or feature.get("type") != "Feature":
                raise NotAnOutline(Fault.NOT_GEOJSON, at)
            yield _feature(feature, at)
    elif kind == "Feature":
        yield _feature(said)
    else:
        yield "", _geometry(said)


def _feature(said: Mapping[str, Any], at: int = 1) -> tuple[str, tuple[Polygon, ...]]:
    name = _name(said)
    try:
        return name, _geometry(said.get("geometry"))
    except NotAnOutline as refusal:
        raise NotAnOutline(refusal.fault, at, name) from refusal


def _name(said: Mapping[str, Any]) -> str:
    told = said.get("properties")
    properties = told if isinstance(told, dict) else {}
    named = (properties.get(key) for key in NAMES)
    name = next((each for each in named if isinstance(each, str) and each.strip()), "")
    # Without halves of signs, controls and marks of direction: nobody sees them, and nobody could keep some.
    return "".join(sign for sign in " ".join(name.split()) if sign.isprintable())


def _geometry(said: Any) -> tuple[Polygon, ...]:
    kind = said.get("type") if isinstance(said, dict) else None
    if kind == "Polygon":
        return (_polygon(said.get("coordinates")),)
    if kind == "MultiPolygon":
        return tuple(_polygon(each) for each in _list(said.get("coordinates")))
    raise NotAnOutline(Fault.NOT_POLYGONS)


def _polygon(said: Any) -> Polygon:
    rings = tuple(_ring(each) for each in _list(said))
    if not rings:
        raise NotAnOutline(Fault.NOT_A_RING)
    return rings


def _ring(said: Any) -> Ring:
    ring = tuple(_point(each) for each in _list(said))
    if len(ring) < _LEAST or ring[0] != ring[-1]:
        raise NotAnOutline(Fault.NOT_A_RING)
    return ring


def _point(said: Any) -> Point:
    """A height is left out."""
    if not isinstance(said, list) or len(said) < 2 or not all(map(_is_number, said[:2])):  # noqa: PLR2004
        raise NotAnOutline(Fault.NOT_GEOJSON)
    if not (abs(said[0]) <= 180 and abs(said[1]) <= 90):  # noqa: PLR2004 -- degrees of the Earth
        raise NotAnOutline(Fault.NOT_DEGREES)
    return float(said[0]), float(said[1])


def _is_number(value: Any) -> bool:
    """An integer of a thousand digits is one, and no number of degrees."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) or math.isfinite(value)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise NotAnOutline(Fault.NOT_GEOJSON)
    return value


def _largest_first(polygons: tuple[Polygon, ...]) -> tuple[Polygon, ...]:
    return tuple(sorted(polygons, key=lambda polygon: -abs(twice_the_surface(polygon[0]))))
