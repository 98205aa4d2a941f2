import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.territory.geometry import Area, area_at, bounds_of, rounded, seat_of

SQUARE = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0))
HOLE = ((0.5, 0.5), (1.5, 0.5), (1.5, 1.5), (0.5, 1.5), (0.5, 0.5))
HOOK = ((0.0, 0.0), (4.0, 0.0), (4.0, 1.0), (1.0, 1.0), (1.0, 4.0), (0.0, 4.0), (0.0, 0.0))
ring = Area("Couronne", ((SQUARE, HOLE),))
hook = Area("Équerre", ((HOOK,),))


@pytest.mark.parametrize(
    ("point", "name"),
    [((0.2, 0.2), "Couronne"), ((1.0, 1.0), None), ((1.9, 1.0), "Couronne"), ((3.0, 1.0), None)],
)
def test_a_point_is_in_the_area_that_holds_it_and_not_in_its_hole(point, name):
    found = area_at(point, [ring])
    assert (found.name if found else None) == name


def test_an_area_without_a_name_holds_nothing():
    assert area_at((0.2, 0.2), [Area("", ((SQUARE,),))]) is None


def test_the_first_of_two_areas_that_overlap_answers():
    assert area_at((0.2, 0.2), [hook, ring]).name == "Équerre"


def test_the_seat_is_the_centre_when_it_is_inside():
    assert seat_of(Area("Carré", ((SQUARE,),))) == pytest.approx((1, 1))


@pytest.mark.parametrize("area", [hook, ring])
def test_the_seat_is_inside_even_when_the_centre_is_not(area):
    assert area_at(seat_of(area), [area]) is area


def test_a_line_that_closes_on_itself_still_has_a_seat():
    flat = Area("Trait", ((((0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (0.0, 0.0)),),))
    assert seat_of(flat)[1] == 0


def test_the_seat_does_not_lose_digits_far_from_the_origin():
    far = tuple((x / 1000 + 179, y / 1000 - 89) for x, y in SQUARE)
    assert seat_of(Area("Loin", ((far,),))) == pytest.approx((179.001, -88.999), abs=1e-9)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_what_is_kept_of_a_point_has_three_decimals(longitude, latitude):
    x, y = rounded((longitude, latitude))
    assert (x, y) == (round(x, 3), round(y, 3))
    assert abs(x - longitude) <= 0.0005 + 1e-9
    assert abs(y - latitude) <= 0.0005 + 1e-9


def test_bounds_hold_their_points_and_nothing_has_none():
    bounds = bounds_of(HOOK)
    assert (bounds.west, bounds.south, bounds.east, bounds.north) == (0, 0, 4, 4)
    assert bounds_of([]) is None
