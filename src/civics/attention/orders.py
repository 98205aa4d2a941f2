"""In which order lines are taken: the rules that she may choose, and the turn of each side."""

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Sequence
from enum import StrEnum

from civics.attention.facts import Line, Why

NEVER = 2**62  # of what does not close

Side = tuple[str, ...]


class Rule(StrEnum):
    BALANCED = "balanced"
    CLOSING = "closing"
    NEWEST = "newest"
    DIVERSE = "diverse"


def ordered(lines: Sequence[Line], rule: Rule) -> list[Line]:
    """What she follows, as the rule takes it."""
    if rule == Rule.BALANCED:
        return sorted(lines, key=_balanced)
    if rule == Rule.CLOSING:
        return sorted(lines, key=lambda line: (_closes(line), *_newest(line)))
    newest = sorted(lines, key=_newest)
    return in_turn(newest, first=lambda _side: "") if rule == Rule.DIVERSE else newest


def unfamiliar(lines: Sequence[Line], followed: Sequence[Line], seed: str) -> list[Line]:
    """One line of each side in turn, the rarest side among what she follows first."""
    around = Counter(line.newest.side for line in followed)

    def first(side: Side) -> str:
        return f"{around[side]:012d}{_drawn(seed, *side)}"

    return in_turn(sorted(lines, key=lambda line: _drawn(seed, line.subject)), first=first)


def in_turn(lines: Sequence[Line], *, first: Callable[[Side], str]) -> list[Line]:
    """A line of each side, then a second of each; sides by ``first``, then as they come."""
    sides: dict[Side, deque[Line]] = {}
    for line in lines:
        sides.setdefault(line.newest.side, deque()).append(line)
    waiting = [sides[side] for side in sorted(sides, key=first)]
    taken: list[Line] = []
    while waiting:
        taken += [side.popleft() for side in waiting]
        waiting = [side for side in waiting if side]
    return taken


def _balanced(line: Line) -> tuple[int, int, int, str]:
    closes = _closes(line) if line.why == Why.NEEDS_YOU else NEVER
    return (line.why, closes, *_newest(line))


def _newest(line: Line) -> tuple[int, str]:
    return (-line.newest.number, line.subject)


def _closes(line: Line) -> int:
    return NEVER if line.newest.closes is None else line.newest.closes


def _drawn(seed: str, *parts: str) -> str:
    """A lot that anyone draws again: SHA-256 of the seed and the parts, each after a zero byte."""
    return hashlib.sha256("\0".join((seed, *parts)).encode()).hexdigest()
