"""Points, rings and areas in degrees (WGS84), and what one asks of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
"""(longitude, latitude), the order of GeoJSON."""
Ring = tuple[Point, ...]
"""Closed: the last point is the first."""
Polygon = tuple[Ring, ...]
"""The outer ring, then its holes."""

# Three decimals: 111 m of latitude, 78 m of longitude at 45°. A house is not told from its neighbours.
ROUNDING = 3


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality, or a whole territory: ``name`` may be empty. The largest polygon comes first."""

    name: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north


def rounded(point: Point) -> Point:
    """Where someone speaks of, to about 100 m: what is kept is never finer."""
    return round(point[0], ROUNDING), round(point[1], ROUNDING)


def rings_of(areas: Iterable[Area]) -> list[Ring]:
    return [ring for area in areas for polygon in area.polygons for ring in polygon]


def bounds_of(points: Iterable[Point]) -> Bounds | None:
    held = list(points)
    if not held:
        return None
    across, up = [point[0] for point in held], [point[1] for point in held]
    return Bounds(min(across), min(up), max(across), max(up))


def area_at(point: Point, areas: Sequence[Area]) -> Area | None:
    """The named area that holds this point; the first, where two overlap."""
    return next((area for area in areas if area.name and _is_inside(point, area)), None)


def seat_of(area: Area) -> Point:
    """A point inside the largest polygon: its centre of gravity, or the middle of its widest crossing."""
    polygon = area.polygons[0]
    centre = _centre_of(polygon[0])
    if _is_inside(centre, Area(area.name, (polygon,))):
        return centre
    return _middle_of_widest_crossing(polygon, centre[1])


def twice_the_surface(ring: Ring) -> float:
    """In square degrees, signed: enough to compare."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def _is_inside(point: Point, area: Area) -> bool:
    return any(len(_crossings(polygon, point[1], beyond=point[0])) % 2 for polygon in area.polygons)


def _crossings(polygon: Polygon, latitude: float, *, beyond: float = float("-inf")) -> list[float]:
    """Where a parallel cuts the rings, from west to east, east of ``beyond``."""
    found = [
        x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
        for ring in polygon
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > latitude) != (y2 > latitude)
    ]
    return sorted(each for each in found if each > beyond)


def _centre_of(ring: Ring) -> Point:
    twice = twice_the_surface(ring)
    if not twice:
        return ring[0]
    # From the ring's own first point: degrees squared lose digits far from the origin.
    (ox, oy), across, up = ring[0], 0.0, 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy)
        across += (x1 + x2 - 2 * ox) * cross
        up += (y1 + y2 - 2 * oy) * cross
    return ox + across / (3 * twice), oy + up / (3 * twice)


def _middle_of_widest_crossing(polygon: Polygon, latitude: float) -> Point:
    cuts = _crossings(polygon, latitude)
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    if not spans:
        return polygon[0][0]
    west, east = max(spans, key=lambda span: span[1] - span[0])
    return (west + east) / 2, latitude
