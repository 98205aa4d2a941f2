import itertools
from math import cos, hypot, pi, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civics.territory.geometry import Area
from civics.territory.simplify import count_points, simplify, simplify_by, weigh

degrees = st.floats(-10, 10, allow_nan=False).map(lambda x: round(x, 3))
arcs = st.lists(st.tuples(degrees, degrees), min_size=2, max_size=40).map(tuple)


def kept(arc, tolerance):
    return [point for point, weight in zip(arc, weigh(arc), strict=True) if weight > tolerance]


def to_segment(point, start, end):
    along = end[0] - start[0], end[1] - start[1]
    length = along[0] ** 2 + along[1] ** 2
    off = point[0] - start[0], point[1] - start[1]
    share = min(1, max(0, (off[0] * along[0] + off[1] * along[1]) / length)) if length else 0
    return hypot(off[0] - share * along[0], off[1] - share * along[1])


def recursive(arc, tolerance):
    """Douglas and Peucker as they wrote it."""
    if len(arc) < 3:
        return list(arc)
    away = [to_segment(point, arc[0], arc[-1]) for point in arc[1:-1]]
    furthest = away.index(max(away)) + 1
    if away[furthest - 1] <= tolerance:
        return [arc[0], arc[-1]]
    return recursive(arc[: furthest + 1], tolerance)[:-1] + recursive(arc[furthest:], tolerance)


@given(arcs, st.floats(0, 5))
@settings(max_examples=200)
def test_it_keeps_what_douglas_and_peucker_keep(arc, tolerance):
    assert kept(arc, tolerance) == recursive(arc, tolerance)


@given(arcs, st.floats(0, 5))
def test_no_point_is_further_from_the_new_line_than_the_tolerance(arc, tolerance):
    line = kept(arc, tolerance)
    for point in arc:
        assert min(to_segment(point, a, b) for a, b in itertools.pairwise(line)) <= tolerance + 1e-9


def circle(n, x=0.0, y=0.0, radius=1.0):
    ring = [(x + radius * cos(2 * pi * i / n), y + radius * sin(2 * pi * i / n)) for i in range(n)]
    return (*ring, ring[0])


def wavy(n):
    """A border from (0, 0) to (0, 1), which two areas share."""
    return [(0.02 * sin(40 * i / n), i / n) for i in range(n + 1)]


WEST = Area("Ouest", (((*wavy(400), (-1.0, 1.0), (-1.0, 0.0), (0.0, 0.0)),),))
EAST = Area("Est", (((*wavy(400)[::-1], (1.0, 0.0), (1.0, 1.0), wavy(400)[-1]),),))


def border(area):
    """The points of the border that it shares, whichever way round."""
    return {point for point in area.polygons[0][0] if abs(point[0]) <= 0.03}


@pytest.mark.parametrize("tolerance", [0.001, 0.005, 0.05])
def test_neighbours_keep_the_same_border(tolerance):
    west, east = simplify_by([WEST, EAST], tolerance)
    assert border(west) == border(east)
    assert len(border(west)) < 200


def test_it_stops_at_as_many_points_as_asked():
    areas = [Area("", ((circle(10_000),),)), WEST, EAST]
    assert 400 <= count_points(simplify(areas, most=500)) <= 510
    assert simplify(areas, most=20_000) == areas


def test_a_ring_stays_closed_and_begins_where_it_will():
    once = simplify_by([Area("", ((circle(500),),))], 0.01)[0].polygons[0][0]
    turned = circle(500)[100:-1] + circle(500)[:101]
    again = simplify_by([Area("", ((turned,),))], 0.01)[0].polygons[0][0]
    assert once[0] == once[-1]
    assert set(once) == set(again)


def test_a_tiny_area_is_drawn_as_it_is_rather_than_lost():
    islet = Area("Îlot", ((circle(8, 5, 5, 0.001),),))
    assert simplify_by([islet, WEST], 0.5)[0] == islet


def test_a_hole_too_small_to_be_seen_goes_and_a_large_one_stays():
    holed = Area("", ((circle(100), circle(50, radius=0.5), circle(20, radius=0.001)),))
    assert len(simplify_by([holed], 0.02)[0].polygons[0]) == 2
