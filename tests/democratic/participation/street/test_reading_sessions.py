"""Whatever a device sends becomes a record, or a problem that says what to correct: never a fault."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from democratic.participation.street.fields import TEXT_LIMIT
from democratic.participation.street.problems import PROBLEMS
from democratic.participation.street.reading import Known, read_record
from in_the_street import record

KNOWN = Known(frozenset({1, 2, 3}), frozenset({str(UUID(int=7))}), frozenset({"K7P-4RM"}))
ENGAGEMENT = {
    "official": str(UUID(int=7)), "text": "Je réponds avant mardi.", "due_on": "2026-04-01", "signature": "Odile",
}  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("\ud800"),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=3),
    max_leaves=6,
)

PATIENT = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # on a machine that does other things


@pytest.mark.parametrize("kind", ["quote", "tap", "tally", "refusal", "wall", "summary"])
def test_a_sound_record_has_no_problem(kind):
    assert read_record(record(kind), KNOWN).problem == ""


def test_a_signed_engagement_is_read():
    read = read_record(record("engagement", **ENGAGEMENT), KNOWN)
    assert (read.problem, read.payload["due_on"]) == ("", "2026-04-01")


@pytest.mark.parametrize(
    ("kind", "wrong", "problem"),
    [
        ("quote", {"uuid": "12"}, "uuid"),
        ("quote", {"uuid": 12}, "uuid"),
        (
            "quote",
            {"uuid": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
            "uuid",
        ),  # version 1 says which machine made it
        ("poem", {}, "kind"),
        ("quote", {"kind": ["quote"]}, "kind"),
        ("quote", {"text": ""}, "text"),
        ("quote", {"text": "\u202e\u200f \x00"}, "text"),
        ("quote", {"text": 12}, "text"),
        ("quote", {"text": "\ud800"}, "text"),
        ("quote", {"text": "a" * 10_000}, "text_long"),
        ("quote", {"first_name": "L" * 61}, "first_name"),
        ("quote", {"first_name": {"a": 1}}, "first_name"),
        ("quote", {"age_band": "under_15"}, "age_band"),
        ("quote", {"age_band": "unsaid"}, "age_band"),
        ("quote", {"age_band": "99"}, "age_band"),
        ("quote", {"age_band": None}, "age_band"),
        ("quote", {"consent": False}, "consent"),
        ("quote", {"consent": "true"}, "consent"),
        ("quote", {"about": "AAA-AAA"}, "about"),
        ("quote", {"code": "0O0-111"}, "code"),
        ("tap", {"rank": 9}, "rank"),
        ("tap", {"rank": True}, "rank"),
        ("tap", {"rank": "1"}, "rank"),
        ("tally", {"counts": {"9": 1}}, "counts"),
        ("tally", {"counts": {"1": -1}}, "counts"),
        ("tally", {"counts": {}}, "counts"),
        ("tally", {"counts": [1]}, "counts"),
        ("wall", {"alternative": ""}, "alternative"),
        ("engagement", {**ENGAGEMENT, "official": "someone"}, "official"),
        ("engagement", {**ENGAGEMENT, "signature": ""}, "signature"),
        ("engagement", {**ENGAGEMENT, "due_on": "demain"}, "due_on"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_of_it_is_kept(kind, wrong, problem):
    read = read_record({**record(kind), **wrong}, KNOWN)
    assert (read.problem, dict(read.payload)) == (problem, {})
    assert problem in PROBLEMS


def test_a_text_of_the_longest_kind_is_kept_whole_and_its_hidden_signs_are_not():
    said = "é" * (TEXT_LIMIT - 3) + "\u202e🚌"
    assert read_record(record(text=said), KNOWN).payload["text"] == "é" * (TEXT_LIMIT - 3) + "🚌"


@pytest.mark.parametrize("age_band", ["under_15", "unsaid", 12, None])
def test_a_tap_of_a_child_is_kept_without_a_word(age_band):
    read = read_record(record("tap", age_band=age_band, text="Je m’appelle Tom", first_name="Tom"), KNOWN)
    assert read.problem == ""
    assert set(read.payload) == {"rank", "age_band", "in_no_body"}


@PATIENT
@given(ANYTHING)
def test_nothing_that_is_sent_raises(raw):
    read_record(raw, KNOWN)


@PATIENT
@given(
    st.sampled_from(sorted(record())),
    ANYTHING,
    st.sampled_from(["quote", "tap", "tally", "engagement", "wall"]),
)
def test_no_field_of_a_record_raises(name, value, kind):
    read = read_record({**record(kind), **ENGAGEMENT, name: value}, KNOWN)
    assert read.problem in {"", *PROBLEMS}
