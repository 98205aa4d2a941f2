"""Small counts of people: hidden, and not to be found again from what is shown."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.disclosure.counts import LEAST, publishable

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), max_size=6)


def possible(shown, total):
    """Every table that someone who reads ``shown`` and knows the total, and that no hidden count is nought, may think of."""
    hidden = [name for name, n in shown.items() if n is None]
    rest = total - sum(n for n in shown.values() if n is not None)
    return [
        dict(zip(hidden, guess, strict=True))
        for guess in product(range(1, rest + 1), repeat=len(hidden))
        if sum(guess) == rest
    ]


def test_two_small_counts_hide_each_other():
    assert publishable({"a": 4, "b": 2, "c": 9}) == {"a": None, "b": None, "c": 9}


def test_a_small_count_alone_takes_the_smallest_other_with_it():
    assert publishable({"a": 4, "b": 7, "c": 9}) == {"a": None, "b": None, "c": 9}


def test_two_counts_of_one_person_take_another_with_them():
    assert publishable({"a": 1, "b": 1, "c": 30, "d": 9}) == {"a": None, "b": None, "c": 30, "d": None}


def test_nought_points_at_nobody():
    assert publishable({"a": 0, "b": 9, "c": 6}) == {"a": 0, "b": 9, "c": 6}


@pytest.mark.parametrize("n", [1, LEAST, 200])
def test_when_all_are_of_one_kind_no_count_is_given(n):
    assert publishable({"a": n, "b": 0}) == {}


@pytest.mark.parametrize("counts", [{"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": 1, "b": 3}])
def test_when_too_few_spoke_nothing_is_said(counts):
    assert publishable(counts) == {}


def test_no_count_gives_nothing():
    assert publishable({}) == {}


@given(COUNTS)
def test_what_is_shown_is_true_and_no_small_count_is_shown(counts):
    for name, n in publishable(counts).items():
        assert n is None or (n == counts[name] and not 0 < n < LEAST)


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9), max_size=4))
def test_no_hidden_count_can_be_found_again(counts):
    shown = publishable(counts)
    guesses = possible(shown, sum(counts.values()))
    for name in (name for name, n in shown.items() if n is None):
        assert len({guess[name] for guess in guesses}) > 1, (counts, shown, name)
