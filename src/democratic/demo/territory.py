"""The fictional territory on the ground: drawn in the open sea, so that it is taken for nowhere."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import cos, sin

from civics.territory.geometry import Area, Point, area_at, seat_of
from civics.territory.outline_file import read_outline
from democratic.kernel.clock import Clock
from democratic.thread.actions import import_outline
from democratic.thread.models import Authority, Origin

# Given where there is a map to point at: from a phone, or at a stand with its tablet.
POINTED = {Origin.WEB, Origin.STREET}
_NEAREST, _TURN, _RINGS = 0.04, 2.4, 4  # degrees; radians between neighbours, so that none hides another


@cache
def areas() -> Mapping[str, Area]:
    read = read_outline((files("democratic.demo") / "territory.geojson").read_bytes())
    return {area.name: area for area in read}


def draw_territory(authority: Authority, clock: Clock) -> None:
    import_outline(authority=authority, areas=list(areas().values()), clock=clock)


def point_of(place: str, origin: Origin, index: int) -> Point | None:
    """Around the middle of the place, never outside it; two of three who had a map pointed at it."""
    area = areas().get(place)
    if area is None or origin not in POINTED or index % 3 == 0:
        return None
    longitude, latitude = seat_of(area)
    away = _NEAREST * (1 + index % _RINGS / 2)
    point = (longitude + 1.4 * away * cos(index * _TURN), latitude + away * sin(index * _TURN))
    return point if area_at(point, [area]) else None
