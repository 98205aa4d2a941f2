"""What was counted is added up again: numbers that contradict one another are found."""

import pytest

from civics.ledger.sums import check_sums, is_counted

POLL = {
    "total": 26,
    "verified": 6,
    "groups": [{"sources": ["web"], "counts": {"1": 6, "2": 20}}],
    "split": {"verified": {"1": 6}, "others": {"2": 20}},
}


@pytest.mark.parametrize(
    "data",
    [
        {"total": 0, "verified": None},
        {"total": 3, "verified": 0},
        {"total": 42, "verified": 12},
        {"total": 4, "verified": None, "groups": [], "split": {}},
        POLL,
    ],
)
def test_what_adds_up_passes(data):
    check_sums(data)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"total": -1}, "whole number"),
        ({"total": 27}, "groups"),
        ({"verified": 27}, "cannot be among"),
        ({"verified": 4}, "not to be told"),
        ({"verified": 7}, "does not make 7"),
        ({"verified": "6"}, "cannot be among"),
        ({"split": {"verified": {"1": 6}, "others": {"2": 21}}}, "two sides"),
    ],
)
def test_what_contradicts_itself_is_refused_and_says_where(change, why):
    with pytest.raises(ValueError, match=why):
        check_sums(POLL | change)


def test_an_entry_of_before_says_nothing_to_add_up():
    assert not is_counted({"total": 3})
    assert not is_counted({"kind": "idea"})
    assert is_counted({"total": 3, "verified": None})
