"""The hands that wait, in the order in which they are called, each with what explains its place."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from civics.floor.hands import Hand
from civics.floor.lines import in_turn, new_ones_first

RULES = ("asked", "new_first", "seats", "genders")


@dataclass(frozen=True, slots=True)
class Place:
    """``reason``: ``order``, ``not_yet_spoken``, ``lets_pass`` or ``in_turn``.

    ``line`` is hers and ``in_line`` her rank in it. ``passed_by``: how many who asked later go before;
    ``passes``: how many who asked before go later.
    """

    key: str
    place: int
    reason: str
    line: str
    in_line: int
    passed_by: int
    passes: int


def queue(rule: str, hands: Iterable[Hand], spoken: Sequence[Hand] = ()) -> list[Place]:
    """First to last. ``spoken``: the turns that began, first to last. KeyError: no such rule."""
    waiting = sorted(hands, key=lambda hand: (hand.asked_at, hand.key))
    ordered = _ORDERS[rule](waiting, spoken)
    asked = {hand.key: rank for rank, hand in enumerate(waiting)}
    ranks = [asked[hand.key] for hand in ordered]
    lines = [_LINES[rule](hand) for hand in ordered]
    is_one = len(set(lines)) == 1
    places: list[Place] = []
    before: list[int] = []  # ranks of those who go before, sorted
    in_line: Counter[str] = Counter()
    for hand, rank, line in zip(ordered, ranks, lines, strict=True):
        at, earlier = len(before), bisect(before, rank)
        in_line[line] += 1
        reason = _reason(rule, hand, at - earlier, rank - earlier, is_one=is_one)
        places.append(Place(hand.key, at + 1, reason, line, in_line[line], at - earlier, rank - earlier))
        before.insert(earlier, rank)
    return places


def _reason(rule: str, hand: Hand, passed_by: int, passes: int, *, is_one: bool) -> str:
    if rule == "asked" or is_one:
        return "order"
    if rule != "new_first":
        return "in_turn"
    if hand.has_spoken:
        return "lets_pass" if passed_by else "order"
    return "not_yet_spoken" if passes else "order"


def _by_seat(hand: Hand) -> str:
    return hand.seat


def _by_gender(hand: Hand) -> str:
    return hand.gender


_LINES = {
    "asked": lambda _hand: "",
    "new_first": lambda hand: "spoke" if hand.has_spoken else "new",
    "seats": _by_seat,
    "genders": _by_gender,
}
_ORDERS = {
    "asked": lambda waiting, _spoken: waiting,
    "new_first": new_ones_first,
    "seats": lambda waiting, spoken: in_turn(waiting, spoken, _by_seat),
    "genders": lambda waiting, spoken: in_turn(waiting, spoken, _by_gender),
}
