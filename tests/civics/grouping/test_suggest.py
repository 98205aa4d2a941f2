"""Groups proposed from words alone: the same each time, each with its reason, and nothing forced into one."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civics.grouping import Suggested, suggest_groups
from civics.grouping.weights import weigh

BUS = [["dernier", "bus", "soir", "tôt"], ["bus", "soir", "tard"], ["dernier", "bus", "soir"]]
POOL = [["piscin", "ferm", "samed"], ["piscin", "samed", "ouvr"], ["piscin", "ferm", "tôt", "samed"]]
ALONE = [["bibliothequ", "livr"], ["lampadair", "ru"]]
bounded = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
stems = st.lists(st.lists(st.sampled_from("abcdefghij"), max_size=8), max_size=30)


def test_texts_that_share_rare_words_come_together_and_the_others_stay_alone():
    found = suggest_groups([*BUS, *POOL, *ALONE])
    assert [set(group.members) for group in found.groups] == [{0, 1, 2}, {3, 4, 5}]
    assert found.coverage == pytest.approx(6 / 8)


def test_each_group_says_the_words_that_brought_it_together():
    bus, pool = suggest_groups([*BUS, *POOL, *ALONE]).groups
    assert set(bus.words[:2]) <= {"bus", "soir", "dernier"}
    assert set(pool.words[:2]) <= {"piscin", "samed", "ferm"}


@pytest.mark.parametrize("texts", [[], [["bus"]], [["bus"]] * 2, [[], [], []], [["un"], ["deux"], ["trois"]]])
def test_too_little_gives_no_group(texts):
    assert suggest_groups(texts) == Suggested((), 0.0)


@bounded
@given(stems)
def test_a_text_is_in_one_group_at_most_and_coverage_is_what_is_in_one(texts):
    found = suggest_groups(texts)
    members = [member for group in found.groups for member in group.members]
    assert len(members) == len(set(members))
    assert all(0 <= member < len(texts) for member in members)
    assert all(len(group.members) >= 3 for group in found.groups)
    assert found.coverage == (len(members) / len(texts) if texts else 0.0)


@bounded
@given(stems)
def test_the_same_texts_give_the_same_groups(texts):
    assert suggest_groups(texts) == suggest_groups([list(text) for text in texts])


@bounded
@given(stems)
def test_every_row_of_weights_has_length_one_or_says_nothing(texts):
    weights, words = weigh(texts)
    lengths = weights.multiply(weights).sum(axis=1)
    assert all(abs(length - 1) < 1e-9 or length == 0 for length in lengths.flat)
    assert words == sorted(words)


def test_six_thousand_sentences_take_seconds():
    drawn = [
        [f"m{(n * 7 + k * 13 + (n % 40) * k) % 900}" for k in range(5)] + [f"{w}{n % 40}" for w in "tuv"]
        for n in range(6000)
    ]
    started = time.perf_counter()
    found = suggest_groups(drawn)
    assert time.perf_counter() - started < 60
    assert len(found.groups) == 40
    assert found.coverage > 0.9
