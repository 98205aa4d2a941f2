import json

import pytest

from civics.ledger.canonical import canonical_json
from civics.ledger.leaf import FIELDS, check_leaf, leaf_bytes

LEAF = {
    "v": 1,
    "authority": "val-d-orbe",
    "kind": "idea_posted",
    "record": "K7P-4RM",
    "process": None,
    "origin": "street",
    "day": "2026-05-12",
    "data": {"minutes": 5},
    "commitments": {"title": "0a" * 32},
}


def test_a_leaf_is_the_canonical_json_of_its_fields():
    assert leaf_bytes(LEAF) == canonical_json(LEAF)
    assert json.loads(leaf_bytes(LEAF)) == LEAF


def test_the_order_of_the_fields_does_not_change_the_leaf():
    assert leaf_bytes(dict(reversed(LEAF.items()))) == leaf_bytes(LEAF)


def test_an_entry_may_have_no_record_no_data_and_nothing_to_open():
    assert leaf_bytes({**LEAF, "record": None, "data": {}, "commitments": {}})


@pytest.mark.parametrize("name", list(FIELDS))
def test_every_field_is_needed(name):
    with pytest.raises(ValueError, match=f"lacks {name}"):
        check_leaf({key: value for key, value in LEAF.items() if key != name})


@pytest.mark.parametrize("name", ["person", "at", "Day", ""])
def test_a_field_that_no_leaf_has_is_refused(name):
    with pytest.raises(ValueError, match="put it in data"):
        check_leaf({**LEAF, name: "x"})


@pytest.mark.parametrize(
    "change",
    [
        {"v": 0},
        {"v": True},
        {"v": "1"},
        {"authority": ""},
        {"kind": None},
        {"record": ""},
        {"record": 4},
        {"process": []},
        {"origin": None},
        {"day": "2026-05-12T09:30"},
        {"day": "2026-02-30"},
        {"day": "2026-W20-2"},
        {"day": 20260512},
        {"data": []},
        {"commitments": None},
        {"commitments": {"title": "0A" * 32}},
        {"commitments": {"title": "0a" * 31}},
        {"commitments": {"title": "0g" * 32}},
        {"commitments": {"title": "0a " * 32}},
        {"commitments": {"": "0a" * 32}},
        {"commitments": {1: "0a" * 32}},
    ],
)
def test_a_field_of_another_shape_is_refused_by_name(change):
    with pytest.raises(ValueError, match=f"leaf's {next(iter(change))} must be"):
        leaf_bytes({**LEAF, **change})
