import pytest
from hypothesis import given
from hypothesis import strategies as st

from democratic.kernel.colour import contrast, is_colour

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0), ("#ffffff", "#ffffff", 1.0)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(COLOURS, COLOURS)
def test_contrast_looks_the_same_from_both_sides(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1


@pytest.mark.parametrize("text", ["", "#fff", "0f5257", "#0F5257", "#0f52577", "#0f525g", "red", "#0f5257;}"])
def test_what_is_no_colour(text):
    assert not is_colour(text)
