"""Choices, scales, consent, words: counted, and counted again."""

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.soundings.counts import (
    Outcome,
    consent_outcome,
    count_ranks,
    most_chosen,
    movement,
    read_scale,
)
from civics.soundings.groups import Heap, together
from civics.soundings.words import as_one, count_words

places = st.lists(st.integers(1, 10), min_size=1, max_size=60)


@given(places)
def test_a_scale_has_a_lower_median_that_someone_gave_and_a_mean_to_the_tenth(given_places):
    counts = count_ranks(range(1, 11), [[place] for place in given_places])
    scale = read_scale(counts)
    assert scale.median == statistics.median_low(given_places)
    mean = Fraction(sum(given_places), len(given_places))
    assert abs(Fraction(scale.tenths, 10) - mean) <= Fraction(1, 20)
    assert scale.n == len(given_places)


def test_nobody_on_a_scale_has_no_median():
    assert read_scale({1: 0, 2: 0}) is None


def test_the_most_chosen_are_several_when_they_are_level_and_none_when_nobody_chose():
    assert most_chosen({1: 4, 2: 4, 3: 1}) == (1, 2)
    assert most_chosen({1: 0}) == ()


@given(st.lists(st.sets(st.integers(1, 4), min_size=1), max_size=30))
def test_the_order_of_voices_never_changes_a_count(voices):
    told = [sorted(voice) for voice in voices]
    assert count_ranks(range(1, 5), told) == count_ranks(range(1, 5), reversed(told))


@pytest.mark.parametrize(
    ("consents", "objections", "outcome"),
    [(3, 0, Outcome.ADOPTED), (30, 1, Outcome.OBJECTED), (0, 0, Outcome.NOBODY), (0, 2, Outcome.OBJECTED)],
)
def test_one_objection_stops_a_proposal_and_nobody_carries_it_by_standing_aside(
    consents, objections, outcome
):
    assert consent_outcome(consents, objections) == outcome


def test_words_are_one_without_case_or_decomposition_and_accents_count():
    assert as_one("E\u0301cole ") == as_one("école")
    assert as_one("prés") != as_one("près")


def test_a_word_is_shown_from_three_people_in_its_most_frequent_spelling():
    told = count_words([["Bus"], ["bus"], ["bus", "vélo"], ["Vélo"], ["train", "Train"]])
    assert told.words == (("bus", 3),)
    assert told.others == 2


@given(st.lists(st.lists(st.sampled_from(["bus", "Bus", "vélo", "VÉLO", "train"]), max_size=3), max_size=40))
def test_no_word_of_fewer_than_three_people_is_shown(voices):
    told = count_words(voices)
    for word, n in told.words:
        assert n == sum(as_one(word) in map(as_one, voice) for voice in voices) >= 3


def test_what_moved_is_told_by_totals_of_each_time():
    moves = movement({1: 10, 2: 10}, {1: 30, 2: 10}, before_of=20, after_of=40)
    assert [(move.rank, move.points) for move in moves] == [(1, 25), (2, -25)]
    assert [move.points for move in movement({1: 0}, {1: 5}, before_of=0, after_of=5)] == [0]


heaps = st.dictionaries(
    st.sampled_from(["room", "remote", "later", "hand:hands", "hand:paper"]),
    st.builds(Heap, st.integers(0, 12), st.dictionaries(st.sampled_from("123"), st.integers(0, 12))),
)


@given(heaps)
def test_no_group_told_apart_holds_fewer_than_five_people_and_their_sum_is_exact(by_source):
    groups = together(by_source)
    people = sum(heap.people for heap in by_source.values())
    assert all(group.people >= 5 for group in groups)
    assert sum(group.people for group in groups) == (people if people >= 5 else 0)
