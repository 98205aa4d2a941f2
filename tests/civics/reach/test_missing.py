from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.reach.missing import LEAST_EXPECTED, Verdict, compare

CELLS = [(band, place) for band in ("15_17", "18_25", "65") for place in ("Vaubrun", "Lesque")]
counts = st.dictionaries(st.sampled_from(CELLS), st.integers(0, 5_000))


def test_a_band_met_less_than_half_its_share_is_missing_and_says_by_how_many():
    found = compare({"young": 300, "old": 700}, {"young": 10, "old": 90})
    young, old = found.lines
    assert (young.verdict, old.verdict) == (Verdict.MISSING, Verdict.HEARD)
    assert (young.census_share, young.met_share, young.gap) == (30.0, 10.0, -20.0)
    assert young.expected == 30
    assert young.short == 29  # 39 of 129 people: 30.2 %; 38 of 128 would be 29.7 %
    assert found.missing == (young,)


def test_half_the_share_is_not_missing_and_one_less_is():
    census = {"young": 200, "old": 800}
    assert compare(census, {"young": 10, "old": 90}).missing == ()
    assert [line.cell for line in compare(census, {"young": 9, "old": 91}).missing] == ["young"]


def test_a_cell_of_fewer_than_ten_expected_is_too_few_to_tell_even_when_nobody_came():
    census = {"hamlet": 9, "town": 991}
    hamlet = compare(census, {"town": 1_000}).lines[0]
    assert hamlet.expected == LEAST_EXPECTED - 1
    assert hamlet.verdict == Verdict.TOO_FEW


def test_few_expected_and_half_of_them_met_are_heard_and_nobody_met_says_nothing():
    census = {"hamlet": 8, "town": 992}
    heard = compare(census, {"hamlet": 4, "town": 996}).lines[0]
    assert (heard.expected, heard.verdict, heard.is_telling) == (8, Verdict.HEARD, False)
    assert {line.verdict for line in compare(census, {}).lines} == {Verdict.TOO_FEW}


def test_who_did_not_say_and_who_lives_elsewhere_change_no_share():
    census, met = {"young": 100, "old": 100}, {"young": 20, "old": 20}
    bare, more = compare(census, met), compare(census, met | {"children": 500}, unsaid=70)
    assert bare.lines == more.lines
    assert (more.elsewhere, more.unsaid) == (500, 70)


@pytest.mark.parametrize("census", [{}, {"young": 0}])
def test_without_a_census_nothing_is_said(census):
    found = compare(census, {"young": 3}, unsaid=1)
    assert (found.lines, found.missing, found.elsewhere, found.unsaid) == ((), (), 3, 1)


def test_the_only_cell_of_a_census_never_lacks_anyone():
    (only,) = compare({"all": 40}, {"all": 12}).lines
    assert (only.short, only.verdict) == (0, Verdict.HEARD)


@given(census=counts, met=counts)
def test_the_people_said_to_be_short_are_the_fewest_that_make_the_share_even(census, met):
    for line in compare(census, met).lines:
        share = Fraction(line.inhabitants, line.of)
        if line.inhabitants == line.of:
            assert line.short == 0
            continue
        k = line.short
        assert line.met + k >= share * (line.met_in_all + k)
        assert k == 0 or line.met + k - 1 < share * (line.met_in_all + k - 1)


@given(census=counts, met=counts)
def test_everyone_met_is_counted_once_in_a_cell_or_elsewhere(census, met):
    found = compare(census, met)
    assert sum(line.met for line in found.lines) + found.elsewhere == sum(met.values())
    assert sum(line.census_share for line in found.lines) == pytest.approx(100 if found.lines else 0)
    assert sum(line.gap for line in found.lines) == pytest.approx(
        0 if not found.lines or any(line.met for line in found.lines) else -100
    )


@given(census=counts, met=counts, times=st.integers(1, 9))
def test_a_campaign_met_many_times_over_keeps_who_was_missing_so(census, met, times):
    once = {line.cell for line in compare(census, met).missing}
    more = {line.cell for line in compare(census, {cell: n * times for cell, n in met.items()}).missing}
    assert once <= more
