"""Small cells are hidden, and can't be found again from the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democratic.participation.reports.cells import LEAST, suppress

counts = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 40), max_size=8)


def test_a_cell_of_fewer_than_five_is_hidden():
    assert suppress({"a": 4, "b": 2, "c": 9}) == {"a": None, "b": None, "c": 9}


def test_one_hidden_cell_takes_the_smallest_other_with_it():
    assert suppress({"a": 4, "b": 7, "c": 9}) == {"a": None, "b": None, "c": 9}


def test_nought_names_nobody_and_is_published():
    assert suppress({"a": 0, "b": 9}) == {"a": 0, "b": 9}


def test_a_hidden_cell_alone_with_its_total_stays_hidden():
    assert suppress({"a": 3}) == {"a": None}


@pytest.mark.parametrize("n", [LEAST, LEAST + 1])
def test_a_cell_of_five_or_more_is_published(n):
    assert suppress({"a": n}) == {"a": n}


@given(counts)
def test_no_published_cell_is_small_and_every_published_cell_is_true(cells):
    shown = suppress(cells)
    assert shown.keys() == cells.keys()
    assert all(n is None or (n == cells[name] and not 0 < n < LEAST) for name, n in shown.items())


@given(counts)
def test_what_is_hidden_is_never_one_cell_when_another_could_hide_it(cells):
    hidden = [name for name, n in suppress(cells).items() if n is None]
    others = [name for name, n in cells.items() if n >= LEAST and name not in hidden]
    assert len(hidden) != 1 or not others
