"""What holds of every brief, whatever the facts; and what a few of them say, to the line."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.attention.briefs import NOTHING, brief_of
from civics.attention.facts import Fact, Why, fold
from civics.attention.orders import Rule

facts = st.builds(
    Fact,
    subject=st.sampled_from([f"s{n}" for n in range(12)]),
    group=st.sampled_from(["bus", "parc", "budget"]),
    number=st.integers(1, 500),
    why=st.sampled_from(Why),
    seconds=st.integers(1, 90),
    closes=st.none() | st.integers(1, 60),
    side=st.tuples(st.sampled_from(["nord", "sud"]), st.sampled_from(["web", "street"])),
)
lists = st.lists(facts, max_size=40)
budgets = st.sampled_from([120, 300, 900])
rules = st.sampled_from(Rule)


def fact(subject, why=Why.FOLLOWED, *, number=1, seconds=20, group="bus", **more) -> Fact:
    return Fact(subject, group, number, why, seconds, **more)


def subjects(brief) -> list[str]:
    return [line.subject for line in brief.lines]


@given(lists, st.integers(1, 900), rules)
def test_a_brief_never_takes_longer_than_she_gives_and_a_subject_has_one_line(given, seconds, rule):
    brief = brief_of(given, seconds=seconds, rule=rule)
    assert brief.seconds <= seconds
    assert len(set(subjects(brief))) == len(brief.lines)
    assert set(subjects(brief)) <= {each.subject for each in given}


@given(lists, budgets, rules, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_changes_nothing(given, seconds, rule, dice):
    shuffled = list(given)
    dice.shuffle(shuffled)
    assert brief_of(given, seconds=seconds, rule=rule) == brief_of(shuffled, seconds=seconds, rule=rule)


@given(lists, budgets, rules)
def test_what_she_follows_and_was_left_out_would_not_have_fitted(given, seconds, rule):
    brief = brief_of(given, seconds=seconds, rule=rule)
    out = [line for line in fold(given) if line.why != Why.UNFAMILIAR and line.subject not in subjects(brief)]
    if brief != NOTHING:
        assert len(out) == brief.left_out
        assert all(line.seconds > seconds - brief.seconds for line in out)


@given(lists, budgets, rules)
def test_the_unfamiliar_is_there_wherever_it_fits_and_is_no_more_than_its_share(given, seconds, rule):
    brief = brief_of(given, seconds=seconds, rule=rule)
    lines = fold(given)
    could = [line for line in lines if line.why == Why.UNFAMILIAR and line.seconds <= seconds]
    found = [line for line in brief.lines if line.why == Why.UNFAMILIAR]
    if all(line.why == Why.UNFAMILIAR for line in lines):
        assert brief == NOTHING
    else:
        assert bool(found) == bool(could)
        assert len(found) <= 1 or sum(line.seconds for line in found) <= seconds / 5


@given(lists, budgets, rules)
def test_one_group_is_read_at_once_within_a_reason(given, seconds, rule):
    brief = brief_of(given, seconds=seconds, rule=rule)
    known = [line for line in brief.lines if line.why != Why.UNFAMILIAR]
    keys = [(line.why if rule == Rule.BALANCED else 0, line.group) for line in known]
    assert [key for at, key in enumerate(keys) if at == 0 or keys[at - 1] != key] == list(dict.fromkeys(keys))


@given(lists)
def test_more_of_the_same_news_changes_how_many_and_nothing_else(given):
    again = [replace(each, number=max(1, each.number - 1)) for each in given]
    once = [(line.subject, line.why, line.newest) for line in fold(given)]
    assert [(line.subject, line.why, line.newest) for line in fold([*given, *given])] == once
    assert sum(line.facts for line in fold([*given, *again])) == 2 * len(given)


def test_a_hundred_facts_about_one_subject_are_one_line():
    given = [fact("s1", number=n, closes=n) for n in range(1, 101)]
    [line] = brief_of(given, seconds=300).lines
    assert (line.facts, line.newest.number, line.newest.closes) == (100, 100, 100)


def test_what_needs_her_comes_first_then_what_answers_her_then_what_changed():
    given = [
        fact("changed", number=9),
        fact("answered", Why.ANSWERS_YOU, number=3),
        fact("closes later", Why.NEEDS_YOU, number=8, closes=30),
        fact("closes first", Why.NEEDS_YOU, number=1, closes=20),
        fact("elsewhere", Why.UNFAMILIAR, number=50),
    ]
    assert subjects(brief_of(given, seconds=300)) == [
        "closes first", "closes later", "answered", "changed", "elsewhere",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "order"),
    [
        (Rule.NEWEST, ["c", "b", "a"]),
        (Rule.CLOSING, ["a", "c", "b"]),
        (Rule.DIVERSE, ["c", "a", "b"]),
    ],
)
def test_each_rule_orders_as_it_says(rule, order):
    given = [
        fact("a", number=1, closes=5, group="g1", side=("sud",)),
        fact("b", number=2, group="g2", side=("nord",)),
        fact("c", Why.NEEDS_YOU, number=3, closes=9, group="g3", side=("nord",)),
    ]
    assert subjects(brief_of(given, seconds=300, rule=rule)) == order


def test_what_is_too_long_leaves_its_place_to_what_is_shorter():
    given = [fact("long", number=9, seconds=200), fact("short", number=1, seconds=30)]
    brief = brief_of(given, seconds=120)
    assert (subjects(brief), brief.left_out) == (["short"], 1)


def test_the_side_that_is_rarest_around_her_is_shown_first():
    around = [fact(f"f{n}", number=n, side=("nord",)) for n in range(3)]
    others = [fact(f"o{n}", Why.UNFAMILIAR, number=n, side=("nord",)) for n in range(20)]
    given = [*around, *others, fact("far", Why.UNFAMILIAR, side=("sud",))]
    for seed in ("a", "b", "c"):
        brief = brief_of(given, seconds=120, seed=seed)
        assert [line.subject for line in brief.lines if line.why == Why.UNFAMILIAR] == ["far"]


def test_another_seed_shows_others_of_one_side_and_in_the_long_run_each_of_them():
    given = [fact("mine"), *(fact(f"o{n}", Why.UNFAMILIAR, side=("sud",)) for n in range(5))]
    dice = random.Random(7)
    shown = {subjects(brief_of(given, seconds=100, seed=str(dice.random())))[-1] for _week in range(100)}
    assert shown == {f"o{n}" for n in range(5)}


def test_a_share_of_nothing_shows_nothing_unfamiliar():
    given = [fact("mine"), fact("other", Why.UNFAMILIAR)]
    assert subjects(brief_of(given, seconds=300, share=0)) == ["mine"]


def test_a_line_that_takes_no_time_is_refused():
    with pytest.raises(ValueError, match="at least one second"):
        fact("s", seconds=0)
