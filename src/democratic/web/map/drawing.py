"""The map that needs nothing: outlines and dots, as SVG, each dot a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

from civics.territory.geometry import Area, Bounds, Point, bounds_of, rings_of
from democratic.web.formats import number
from democratic.web.map.lines import Line

WIDTH, MARGIN = 720, 28
TALLEST = 900
SMALLEST, LARGEST = 17, 44
NAME_GAP = 22
# A territory of one spot still has a size: a hundredth of a degree, about a kilometre.
_LEAST_SPAN = 0.01


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle whose area is the share of the ideas, its count, and the name under it.

    In whole units: templates write the others with a comma.
    """

    name: str
    n: str
    url: str
    x: int
    y: int
    radius: int
    name_y: int
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    paths: list[str]
    dots: list[Dot]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Degrees laid flat: east–west is shortened as it is at the middle latitude."""

    bounds: Bounds
    scale: float
    shortened: float

    def place(self, point: Point) -> tuple[float, float]:
        x = MARGIN + (point[0] - self.bounds.west) * self.shortened * self.scale
        y = MARGIN + (self.bounds.north - point[1]) * self.scale
        return round(x, 1), round(y, 1)

    @property
    def height(self) -> int:
        return round((self.bounds.north - self.bounds.south) * self.scale) + 2 * MARGIN


def draw(areas: Sequence[Area], lines: Sequence[Line]) -> Drawing | None:
    """Nothing is drawn when nothing has a position."""
    points = [point for ring in rings_of(areas) for point in ring] + [line.at for line in lines if line.at]
    bounds = bounds_of(points)
    if bounds is None:
        return None
    sheet = _sheet(bounds)
    paths = [" ".join(_path(sheet, ring) for polygon in area.polygons for ring in polygon) for area in areas]
    most = max((line.n for line in lines), default=0) or 1
    # The largest first: a small one is never under a large one.
    ordered = sorted((line for line in lines if line.at), key=lambda line: -line.n)
    return Drawing(WIDTH, sheet.height, paths, [_dot(sheet, line, most) for line in ordered])


def _sheet(bounds: Bounds) -> _Sheet:
    shortened = cos(radians((bounds.north + bounds.south) / 2)) or 1.0
    wide = max((bounds.east - bounds.west) * shortened, _LEAST_SPAN)
    high = max(bounds.north - bounds.south, _LEAST_SPAN)
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / high)
    spare_x = ((WIDTH - 2 * MARGIN) / scale - (bounds.east - bounds.west) * shortened) / 2 / shortened
    spare_y = max(0.0, high - (bounds.north - bounds.south)) / 2
    framed = Bounds(
        bounds.west - spare_x, bounds.south - spare_y, bounds.east + spare_x, bounds.north + spare_y
    )
    return _Sheet(framed, scale, shortened)


def _path(sheet: _Sheet, ring: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in map(sheet.place, ring[:-1])) + "Z"


def _dot(sheet: _Sheet, line: Line, most: int) -> Dot:
    x, y = map(round, sheet.place(line.at or (0, 0)))
    radius = max(SMALLEST, round(LARGEST * sqrt(line.n / most)))
    name_y = y + radius + NAME_GAP
    if name_y > sheet.height:
        name_y = y - radius - 8
    return Dot(line.name, number(line.n), line.url, x, y, radius, name_y, not line.n)
