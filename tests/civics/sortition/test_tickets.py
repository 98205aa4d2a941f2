import hashlib

from hypothesis import given
from hypothesis import strategies as st

from civics.sortition.tickets import in_drawn_order, next_in_turn, ticket

numbers = st.sets(st.integers(min_value=1, max_value=500), max_size=12)
seeds = st.text(min_size=1, max_size=80)


def test_a_ticket_is_found_again_with_any_sha_256():
    assert ticket("forum-2026", 7) == hashlib.sha256(b"forum-2026:7").hexdigest()
    assert ticket("été", 7) == hashlib.sha256("été:7".encode()).hexdigest()


def test_a_known_seed_draws_a_known_order():
    by_hand = sorted(range(1, 6), key=lambda n: hashlib.sha256(f"forum-2026:{n}".encode()).hexdigest())
    assert in_drawn_order("forum-2026", range(1, 6)) == by_hand


@given(seeds, numbers)
def test_a_draw_names_each_number_once_whatever_their_order(seed, drawn):
    order = in_drawn_order(seed, drawn)
    assert sorted(order) == sorted(drawn)
    assert order == in_drawn_order(seed, sorted(drawn, reverse=True))


@given(seeds, numbers, st.integers(min_value=1, max_value=10_000))
def test_who_stands_down_changes_nothing_of_the_order_of_the_others(seed, drawn, gone):
    without = [number for number in in_drawn_order(seed, drawn) if number != gone]
    assert in_drawn_order(seed, drawn - {gone}) == without


def test_over_many_seeds_each_of_four_is_drawn_about_as_often():
    first = [in_drawn_order(f"seed-{n}", range(1, 5))[0] for n in range(4000)]
    assert all(900 < first.count(number) < 1100 for number in range(1, 5))


@given(
    numbers, st.dictionaries(st.integers(min_value=1, max_value=50), st.integers(min_value=0, max_value=9))
)
def test_a_turn_goes_to_whoever_had_the_fewest(there, turns):
    number = next_in_turn(there, turns)
    if not there:
        assert number is None
        return
    assert number in there
    assert all(turns.get(number, 0) <= turns.get(other, 0) for other in there)


@given(st.sets(st.integers(min_value=1, max_value=30), min_size=1, max_size=12))
def test_after_a_full_round_everyone_had_one_turn(there):
    turns: dict[int, int] = {}
    for _each in there:
        number = next_in_turn(there, turns)
        turns[number] = turns.get(number, 0) + 1
    assert turns == dict.fromkeys(there, 1)
