"""Two ways to serve several lines: newcomers first with a bound, and one of each in turn."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from civics.floor.hands import Hand

PATIENCE = 5


def new_ones_first(waiting: Sequence[Hand], spoken: Sequence[Hand]) -> list[Hand]:
    """Whoever has spoken goes after those who have not: all who asked before her, and a few who asked after."""
    new = [hand for hand in waiting if not hand.has_spoken]
    ordered, taken = [], 0
    for hand in (hand for hand in waiting if hand.has_spoken):
        ahead = sum(_asked_before(other, hand) for other in new)
        # Who asked after her and began: she let them pass already.
        passed = sum(_asked_before(hand, other) for other in spoken)
        until = min(len(new), ahead + max(0, PATIENCE - passed))
        ordered += [*new[taken:until], hand]
        taken = until
    return [*ordered, *new[taken:]]


def _asked_before(one: Hand, other: Hand) -> bool:
    return (one.asked_at, one.key) < (other.asked_at, other.key)


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
