"""Whatever colour is asked for, what is offered reads everywhere, and is the nearest that does."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democratic.kernel import authority_colour as law
from democratic.kernel.authority_colour import (
    Fault,
    contrast_in_the_dark,
    fault_of,
    least_contrast,
    nearest_fit,
)
from democratic.kernel.colour import contrast
from democratic.kernel.oklch import Oklch, apart, oklch_of, shown

TOKENS = (
    Path(__file__).parents[3] / "src/democratic/web/static/web/css/tokens.css"
).read_text(encoding="utf-8")  # fmt: skip
CHANNEL = st.integers(0, 255)
COLOURS = st.builds("#{:02x}{:02x}{:02x}".format, CHANNEL, CHANNEL, CHANNEL)


def readable(colour):
    """By the tokens themselves, not by the function under test."""
    return all(contrast(colour, ground) >= 4.5 for ground in ("#faf7f0", "#fffefb", "#f2ede2", "#ffffff"))


@given(COLOURS)
def test_whatever_is_asked_for_what_is_offered_passes(colour):
    offer = nearest_fit(colour)
    assert fault_of(offer) is None
    assert readable(offer)
    assert contrast_in_the_dark(offer) >= 4.5


@given(COLOURS)
def test_what_passes_is_offered_as_it_is(colour):
    assert (nearest_fit(colour) == colour) == (fault_of(colour) is None)


@given(COLOURS)
def test_a_hair_lighter_than_the_offer_does_not_pass(colour):
    offer, asked = oklch_of(nearest_fit(colour)), oklch_of(colour)
    lighter = offer.lightness + 0.008
    if fault_of(colour) == Fault.TOO_LIGHT and lighter < asked.lightness:
        assert fault_of(shown(Oklch(lighter, asked.chroma, asked.hue))) is not None


@given(COLOURS)
def test_the_offer_keeps_the_hue_of_what_is_only_too_light(colour):
    offer, asked = oklch_of(nearest_fit(colour)), oklch_of(colour)
    if fault_of(colour) == Fault.TOO_LIGHT and min(offer.chroma, asked.chroma) > 0.05:
        assert apart(offer.hue, asked.hue) < 3  # eight bits a channel


@given(COLOURS)
def test_the_offer_is_never_lighter_nor_more_vivid(colour):
    offer, asked = oklch_of(nearest_fit(colour)), oklch_of(colour)
    assert offer.lightness <= asked.lightness + 0.005
    assert offer.chroma <= asked.chroma + 0.005


@given(COLOURS)
def test_it_reads_in_the_dark_whatever_its_hue(colour):
    assert contrast_in_the_dark(colour) >= 4.5


@given(COLOURS)
def test_a_colour_comes_back_from_its_lightness_chroma_and_hue(colour):
    back = shown(oklch_of(colour))
    assert all(abs(int(back[at : at + 2], 16) - int(colour[at : at + 2], 16)) <= 1 for at in (1, 3, 5))


@pytest.mark.parametrize(
    ("colour", "lightness", "chroma", "hue"),
    [("#ffffff", 1.0, 0.0, None), ("#ff0000", 0.628, 0.258, 29.2), ("#0000ff", 0.452, 0.313, 264.1),
     ("#008000", 0.520, 0.177, 142.5)],
)  # fmt: skip
def test_the_measures_are_those_of_the_css_standard(colour, lightness, chroma, hue):
    seen = oklch_of(colour)
    assert (seen.lightness, seen.chroma) == pytest.approx((lightness, chroma), abs=0.001)
    assert hue is None or seen.hue == pytest.approx(hue, abs=0.1)


@pytest.mark.parametrize("colour", ["#0f5257", "#2f4858", "#5b2a4f"])
def test_the_identities_of_the_product_pass(colour):
    assert fault_of(colour) is None


@pytest.mark.parametrize("colour", ["#c93a1d", "#b00020", "#d2300f"])
def test_a_red_that_would_be_taken_for_the_thread_is_turned_away_from_it(colour):
    assert fault_of(colour) == Fault.LIKE_THE_THREAD
    assert apart(oklch_of(nearest_fit(colour)).hue, oklch_of("#c93a1d").hue) >= 25


def test_a_grey_has_no_hue_to_be_taken_for_another():
    assert fault_of("#4d4846") is None


def test_least_contrast_is_on_the_worst_ground():
    assert least_contrast("#0f5257") < contrast("#0f5257", "#faf7f0") < contrast("#0f5257", "#ffffff")


def test_the_values_are_those_of_the_style_sheet():
    first = TOKENS[: TOKENS.index("@media")]
    for name, value in (("paper", law.LIGHT_GROUNDS[0]), ("surface", law.LIGHT_GROUNDS[1]),
                        ("sunken", law.LIGHT_GROUNDS[2]), ("on-primary", law.LIGHT_GROUNDS[3]),
                        ("thread", law.THREAD)):  # fmt: skip
        assert re.search(rf"--{name}: {value};", first), name
    dark = TOKENS[TOKENS.index('[data-theme="dark"]') :]
    for name, value in zip(("paper", "surface", "sunken", "on-primary"), law.DARK_GROUNDS, strict=True):
        assert re.search(rf"--{name}: {value};", dark), name
    assert f"oklch(from var(--authority) {law.LIFTED[0]} {law.LIFTED[1]} h)" in TOKENS
    assert f"color-mix(in oklab, var(--primary) {law.SOFT_SHARE:.0%}, var(--paper))" in TOKENS
