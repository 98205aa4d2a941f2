"""Fewer points for the same outline (Douglas and Peucker, 1973), neighbours together.

A border that two areas share is one arc, weighed once whichever way it is walked: no gap opens between
them. Each point is weighed once for all tolerances: what it would cost, in degrees, to leave it out.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import hypot, inf

from civics.territory.geometry import Area, Point, Ring, rings_of

Arc = tuple[Point, ...]
Weights = tuple[float, ...]
Weighed = list[tuple[Point, float]]

MOST_LOOKS = 60
_LEAST = 4  # positions of a triangle, closed


def count_points(areas: Sequence[Area]) -> int:
    return sum(map(len, rings_of(areas)))


def simplify(areas: Sequence[Area], *, most: int) -> list[Area]:
    """The same areas in at most ``most`` points or so: joints of borders and tiny areas always stay."""
    if count_points(areas) <= most:
        return list(areas)
    weighed = _weighed_rings(areas)
    heaviest = sorted((weight for ring in weighed.values() for _point, weight in ring), reverse=True)
    return _thinned(areas, weighed, heaviest[most - 1] if most <= len(heaviest) else 0)


def simplify_by(areas: Sequence[Area], tolerance: float) -> list[Area]:
    """No point of the old outline is further than ``tolerance`` degrees from the new; no area is lost."""
    return _thinned(areas, _weighed_rings(areas), tolerance)


def weigh(arc: Arc) -> Weights:
    """Of each point, the tolerance from which it goes; the two ends never do.

    A line drawn to be slow (steps by the thousand, each cut off by one) is cut in halves past ``MOST_LOOKS``
    looks a point: its weights are then rough, and the time bounded.
    """
    weights = [inf] * len(arc)
    waiting, looks = [(0, len(arc) - 1, inf)], MOST_LOOKS * len(arc)
    while waiting:
        first, last, above = waiting.pop()
        if last - first < 2:  # noqa: PLR2004 -- nothing between them
            continue
        looks -= last - first
        half = (first + last) // 2
        middle, away = _furthest(
            arc, first, last, range(first + 1, last) if looks > 0 else range(half, half + 1)
        )
        # Never heavier than what must stay for it to be asked about at all.
        weights[middle] = min(away, above)
        waiting += [(first, middle, weights[middle]), (middle, last, weights[middle])]
    return tuple(weights)


def _furthest(arc: Arc, first: int, last: int, among: range) -> tuple[int, float]:
    """From the segment between the two: which point among these, and how far."""
    (x, y), (end_x, end_y) = arc[first], arc[last]
    along_x, along_y = end_x - x, end_y - y
    length = along_x * along_x + along_y * along_y
    found, most = among.start, -1.0
    for index in among:
        px, py = arc[index][0] - x, arc[index][1] - y
        share = min(1.0, max(0.0, (px * along_x + py * along_y) / length)) if length else 0.0
        away = hypot(px - share * along_x, py - share * along_y)
        if away > most:
            found, most = index, away
    return found, most


def _weighed_rings(areas: Sequence[Area]) -> dict[Ring, Weighed]:
    rings = rings_of(areas)
    joints = _joints(rings)
    known: dict[Arc, Weights] = {}
    return {ring: _weighed(ring, joints, known) for ring in rings}


def _joints(rings: Sequence[Ring]) -> set[Point]:
    """Where borders meet or part: a point inside a line, however many share it, has two neighbours."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            beside[one].add(other)
            beside[other].add(one)
    return {point for point, others in beside.items() if len(others) != 2}  # noqa: PLR2004


def _weighed(ring: Ring, joints: set[Point], known: dict[Arc, Weights]) -> Weighed:
    """Without its closing point."""
    said: Weighed = []
    for arc in _arcs(ring, joints):
        is_backwards = arc[::-1] < arc
        forwards = arc[::-1] if is_backwards else arc
        if forwards not in known:
            known[forwards] = _weigh_either(forwards)
        weights = known[forwards][::-1] if is_backwards else known[forwards]
        said += list(zip(arc, weights, strict=True))[:-1]
    return said


def _arcs(ring: Ring, joints: set[Point]) -> list[Arc]:
    """Cut at the joints; a ring without one is cut at its first point in reading order, wherever it began."""
    around = ring[:-1]
    start = next((i for i, point in enumerate(around) if point in joints), around.index(min(around)))
    turned = (*around[start:], *around[: start + 1])
    cuts = [0, *(i for i in range(1, len(turned) - 1) if turned[i] in joints), len(turned) - 1]
    return [turned[first : last + 1] for first, last in pairwise(cuts)]


def _weigh_either(arc: Arc) -> Weights:
    """An arc that comes back to where it began is two, from there to its furthest point and back."""
    if arc[0] != arc[-1]:
        return weigh(arc)
    x, y = arc[0]
    far = max(range(1, len(arc) - 1), key=lambda i: hypot(arc[i][0] - x, arc[i][1] - y))
    return (*weigh(arc[: far + 1])[:-1], *weigh(arc[far:]))


def _thinned(areas: Sequence[Area], weighed: dict[Ring, Weighed], tolerance: float) -> list[Area]:
    def thin(ring: Ring) -> Ring:
        kept = [point for point, weight in weighed[ring] if weight > tolerance]
        return (*kept, kept[0])

    thinned = []
    for area in areas:
        polygons = []
        for polygon in area.polygons:
            outer, *holes = (thin(ring) for ring in polygon)
            if len(outer) >= _LEAST:
                polygons.append((outer, *(hole for hole in holes if len(hole) >= _LEAST)))
        # Smaller than the tolerance, it is drawn as it is rather than not at all.
        thinned.append(Area(area.name, tuple(polygons) or area.polygons[:1]))
    return thinned
