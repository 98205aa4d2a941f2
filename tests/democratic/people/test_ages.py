"""The table of ages: the youngest answer wins, silence counts as under 15, and nothing opens by accident."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democratic.kernel.refusals import NotAllowed
from democratic.people.ages import Door, Regime, band_on, is_proposed, may, refuse_unless, regime_of, why_not
from democratic.people.models import AgeBand

bands = st.sampled_from([*AgeBand, ""])
OPEN_TO_ALL = {Door.SAY, Door.MARK}


@given(st.lists(bands), st.booleans(), st.booleans())
def test_under_15_once_said_is_never_outweighed(said, says_15, is_agreed):
    regime = regime_of(*said, AgeBand.UNDER_15, says_15=says_15, is_agreed=is_agreed)
    assert regime == (Regime.AGREED if is_agreed else Regime.CHILD)


@given(st.lists(bands), st.booleans(), st.booleans())
def test_the_order_in_which_ages_were_said_changes_nothing(said, says_15, is_agreed):
    known = {"says_15": says_15, "is_agreed": is_agreed}
    assert regime_of(*said, **known) == regime_of(*reversed(said), **known)


@pytest.mark.parametrize("said", [(), ("",), (AgeBand.UNSAID,), ("what is no band",)])
def test_what_was_not_said_counts_as_under_15(said):
    assert regime_of(*said) == Regime.CHILD


@pytest.mark.parametrize("band", [AgeBand.YOUNG, AgeBand.ADULT, AgeBand.SENIOR])
def test_from_18_on_everything_is_open(band):
    assert all(may(door, regime_of(band)) for door in Door)


@pytest.mark.parametrize("door", Door)
def test_before_15_only_words_and_marks(door):
    assert may(door, Regime.CHILD) == (door in OPEN_TO_ALL)


def test_a_parent_opens_no_more_than_being_told():
    opened = {door for door in Door if may(door, Regime.AGREED)} - OPEN_TO_ALL
    assert opened == {Door.ADDRESS, Door.FOLLOW}


def test_a_name_is_proposed_to_adults_alone():
    assert [regime for regime in Regime if is_proposed(Door.BYLINE, regime)] == [Regime.ADULT]
    assert may(Door.BYLINE, Regime.TEEN)  # who is 15 may still give one


@pytest.mark.parametrize("door", sorted(set(Door) - OPEN_TO_ALL))
def test_a_closed_door_says_why(door):
    with pytest.raises(NotAllowed) as refused:
        refuse_unless(door, Regime.CHILD, field="is_15")
    assert str(refused.value.message) == str(why_not(door))
    assert "15 ans" in str(why_not(door))
    assert refused.value.field == "is_15"


@given(st.dates(), st.integers(-400, 400))
def test_a_child_is_15_from_that_day_and_not_before(day, shift):
    today = date.fromordinal(max(1, min(day.toordinal() + shift, date.max.toordinal())))
    band = band_on(AgeBand.UNDER_15, day, today)
    assert band == (AgeBand.TEENS if today >= day else AgeBand.UNDER_15)


def test_nobody_else_changes_band_by_a_date():
    day = date(2026, 3, 1)
    assert band_on(AgeBand.ADULT, day, day + timedelta(days=1)) == AgeBand.ADULT
    assert band_on(AgeBand.UNDER_15, None, day) == AgeBand.UNDER_15
