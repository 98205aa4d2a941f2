"""The one queue: nobody is lost, nobody waits for ever, and nobody's leaving puts another later."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civics.floor.hands import Hand
from civics.floor.lines import PATIENCE
from civics.floor.queue import RULES, queue

rules = st.sampled_from(RULES)


SEATS, GENDERS, MOMENTS = ("room", "remote"), ("", "woman", "man", "other"), 13
kinds = st.integers(0, MOMENTS * 2 * 4 * 2 - 1)  # one number a hand: quicker to draw than four things


def made(name, number):
    number, has_spoken = divmod(number, 2)
    number, gender = divmod(number, 4)
    asked_at, seat = divmod(number, 2)
    return Hand(name, asked_at, SEATS[seat], GENDERS[gender], has_spoken=bool(has_spoken))


def meetings(most=12):
    """Hands that wait and turns that began, on one line of time, ties of time included."""
    some = st.tuples(st.lists(kinds, max_size=most), st.lists(kinds, max_size=6))
    return some.map(
        lambda drawn: tuple(
            [made(f"{name}{n:02}", number) for n, number in enumerate(numbers)]
            for name, numbers in zip("ts", drawn, strict=True)
        )
    )


def keys(places):
    return [place.key for place in places]


def by_asking(hands):
    return [hand.key for hand in sorted(hands, key=lambda hand: (hand.asked_at, hand.key))]


@given(rules, meetings())
def test_every_hand_has_one_place_and_every_place_one_hand(rule, meeting):
    hands, spoken = meeting
    places = queue(rule, hands, spoken)
    assert sorted(keys(places)) == sorted(hand.key for hand in hands)
    assert [place.place for place in places] == list(range(1, len(hands) + 1))


@given(rules, meetings(), st.randoms(use_true_random=False))
def test_the_order_in_which_hands_are_given_changes_nothing(rule, meeting, chance):
    hands, spoken = meeting
    shuffled = list(hands)
    chance.shuffle(shuffled)
    assert queue(rule, shuffled, spoken) == queue(rule, hands, spoken)


@given(rules, meetings(), st.integers(0, 20))
def test_to_lower_a_hand_puts_nobody_later(rule, meeting, which):
    hands, spoken = meeting
    if not hands:
        return
    before = {place.key: place.place for place in queue(rule, hands, spoken)}
    left = [hand for at, hand in enumerate(hands) if at != which % len(hands)]
    assert all(place.place <= before[place.key] for place in queue(rule, left, spoken))


@given(rules, meetings())
def test_to_call_the_first_moves_each_other_up_by_one(rule, meeting):
    hands, spoken = meeting
    places = keys(queue(rule, hands, spoken))
    if places:
        [called] = [hand for hand in hands if hand.key == places[0]]
        left = [hand for hand in hands if hand is not called]
        assert keys(queue(rule, left, [*spoken, called])) == places[1:]


@given(rules, meetings())
def test_within_a_line_nobody_passes_anybody(rule, meeting):
    hands, spoken = meeting
    places = queue(rule, hands, spoken)
    for line in {place.line for place in places}:
        members = [place for place in places if place.line == line]
        assert keys(members) == [key for key in by_asking(hands) if key in keys(members)]
        assert [place.in_line for place in members] == list(range(1, len(members) + 1))


@given(rules, meetings())
def test_with_one_line_alone_the_order_is_that_of_asking(rule, meeting):
    hands, spoken = meeting
    alike = [Hand(hand.key, hand.asked_at, "room", "woman", has_spoken=False) for hand in hands]
    places = queue(rule, alike, spoken)
    assert keys(places) == by_asking(alike)
    assert {place.reason for place in places} <= {"order"}


@settings(max_examples=25)
@given(st.sampled_from(["seats", "genders"]), meetings(5), st.sampled_from(["room", "remote"]))
def test_however_many_come_after_lines_in_turn_let_few_of_them_pass(rule, meeting, seat):
    """A hand is followed through the calls while somebody new comes after each of them."""
    hands, spoken = meeting
    hers = Hand("x", 12.5, seat, "woman")
    line = queue(rule, [hers])[0].line
    ahead = sum(place.line == line for place in queue(rule, hands))
    waiting, began, others = [*hands, hers], list(spoken), 0
    for call in range(60):
        for n, gender in enumerate(("", "man", "other")):
            waiting.append(Hand(f"z{call:03}{n}", 13 + call, "remote" if seat == "room" else "room", gender))
        first = queue(rule, waiting, began)[0]
        if first.key == "x":
            break
        others += first.line != line
        [called] = [hand for hand in waiting if hand.key == first.key]
        waiting.remove(called)
        began.append(called)
    else:
        pytest.fail("never called")
    assert others <= (ahead + 1) * ((2 if rule == "seats" else 4) - 1)


@settings(max_examples=25)
@given(meetings(6))
def test_whoever_has_spoken_lets_few_of_those_who_asked_after_her_pass(meeting):
    hands, _spoken = meeting
    hers = Hand("x", 6.5, has_spoken=True)
    waiting, began, later = [*hands, hers], [], 0
    for call in range(60):
        waiting.append(Hand(f"z{call:03}", 13 + call))
        first = queue("new_first", waiting, began)[0].key
        if first == "x":
            break
        [called] = [hand for hand in waiting if hand.key == first]
        later += called.asked_at > hers.asked_at
        waiting.remove(called)
        began.append(called)
    else:
        pytest.fail("never called")
    assert later <= PATIENCE


@given(rules, meetings())
def test_what_explains_a_place_is_what_the_places_show(rule, meeting):
    hands, spoken = meeting
    asked, places = by_asking(hands), queue(rule, hands, spoken)
    for at, place in enumerate(places):
        before, earlier = keys(places[:at]), asked[: asked.index(place.key)]
        assert place.passed_by == len([key for key in before if key not in earlier])
        assert place.passes == len([key for key in earlier if key not in before])


def test_room_and_remote_take_turns_and_the_one_that_spoke_last_waits():
    hands = [Hand(f"r{n}", n, "room") for n in range(3)] + [Hand(f"d{n}", 10 + n, "remote") for n in range(2)]
    assert keys(queue("seats", hands)) == ["r0", "d0", "r1", "d1", "r2"]
    spoken = [Hand("s", 0, "room")]
    assert keys(queue("seats", hands, spoken)) == ["d0", "r0", "d1", "r1", "r2"]
    assert queue("seats", hands, spoken)[0].reason == "in_turn"


def test_to_say_no_gender_neither_wins_nor_loses_a_turn():
    hands = [
        Hand("w", 0, gender="woman"),
        Hand("m", 1, gender="man"),
        Hand("m2", 2, gender="man"),
        Hand("u", 3),
    ]
    assert keys(queue("genders", hands)) == ["w", "m", "u", "m2"]
    assert keys(queue("genders", [Hand(h.key, h.asked_at) for h in hands])) == ["w", "m", "m2", "u"]


def test_who_has_not_spoken_goes_first_and_who_has_is_told_how_many_pass():
    hands = [Hand("old", 0, has_spoken=True), *(Hand(f"n{n}", 1 + n) for n in range(7))]
    places = queue("new_first", hands)
    assert keys(places) == ["n0", "n1", "n2", "n3", "n4", "old", "n5", "n6"]
    old = next(place for place in places if place.key == "old")
    assert (old.reason, old.passed_by) == ("lets_pass", PATIENCE)
    assert places[0].reason == "not_yet_spoken"
