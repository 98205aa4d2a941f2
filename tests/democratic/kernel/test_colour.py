import pytest
from hypothesis import given
from hypothesis import strategies as st

from democratic.kernel.colour import contrast, darkened, is_colour, luminance

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")
PAPER = "#faf7f0"


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0), ("#ffffff", "#ffffff", 1.0)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(COLOURS, COLOURS)
def test_contrast_looks_the_same_from_both_sides(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1


@given(COLOURS)
def test_a_darkened_colour_always_reads(colour):
    better = darkened(colour, on=PAPER, ratio=4.5)
    assert is_colour(better)
    assert contrast(better, PAPER) >= 4.5
    assert luminance(better) <= luminance(colour)


@given(COLOURS)
def test_a_colour_that_reads_is_left_as_it_is(colour):
    better = darkened(colour, on=PAPER, ratio=4.5)
    assert darkened(better, on=PAPER, ratio=4.5) == better


@pytest.mark.parametrize("text", ["", "#fff", "0f5257", "#0F5257", "#0f52577", "#0f525g", "red", "#0f5257;}"])
def test_what_is_no_colour(text):
    assert not is_colour(text)
