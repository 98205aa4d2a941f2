"""Two ways to serve several lines: newcomers first with a bound, and one of each in turn."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence

from civics.floor.hands import Hand

PATIENCE = 5


def new_ones_first(waiting: Sequence[Hand], spoken: Sequence[Hand]) -> list[Hand]:
    """Whoever has spoken goes after those who have not: all who asked before her, and a few who asked after.

    ``waiting`` in the order of asking.
    """
    new = [hand for hand in waiting if not hand.has_spoken]
    asked, began = [_asked(hand) for hand in new], sorted(map(_asked, spoken))
    ordered, taken = [], 0
    for hand in (hand for hand in waiting if hand.has_spoken):
        ahead = bisect_left(asked, _asked(hand))
        # Who asked after her and began: she let them pass already.
        passed = len(began) - bisect_right(began, _asked(hand))
        until = min(len(new), ahead + max(0, PATIENCE - passed))
        ordered += [*new[taken:until], hand]
        taken = until
    return [*ordered, *new[taken:]]


def _asked(hand: Hand) -> tuple[float, str]:
    return (hand.asked_at, hand.key)


def in_turn(waiting: Sequence[Hand], spoken: Sequence[Hand], line_of: Callable[[Hand], str]) -> list[Hand]:
    """``waiting`` in the order of asking; the line that had the floor least recently begins each round."""
    lines = defaultdict(list)
    for hand in waiting:
        lines[line_of(hand)].append(hand)
    last_had = {line_of(hand): at for at, hand in enumerate(spoken)}
    # A line that never had it: before the others, by its oldest hand, which is the order in which lines were met.
    turns = sorted(lines, key=lambda line: last_had.get(line, -1))
    rounds = max(map(len, lines.values()), default=0)
    return [lines[line][at] for at in range(rounds) for line in turns if at < len(lines[line])]
