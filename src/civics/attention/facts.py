"""What happened, and the line that it makes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Why(IntEnum):
    """Why a line is there, the strongest reason first."""

    NEEDS_YOU = 1
    ANSWERS_YOU = 2
    FOLLOWED = 3
    UNFAMILIAR = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """``number``: its position in the journal. ``closes``: the ordinal of a day. ``side``: place, origin, public."""

    subject: str
    group: str
    number: int
    why: Why
    seconds: int
    closes: int | None = None
    side: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError("a line takes time to read: at least one second")


@dataclass(frozen=True, slots=True)
class Line:
    """The newest of what happened to one subject. ``facts``: how many there were."""

    newest: Fact
    why: Why
    facts: int

    @property
    def subject(self) -> str:
        return self.newest.subject

    @property
    def group(self) -> str:
        return self.newest.group

    @property
    def seconds(self) -> int:
        return self.newest.seconds


def fold(facts: Iterable[Fact]) -> list[Line]:
    """One line a subject, by subject. Of two facts at one position, the stronger reason tells the state."""
    newest: dict[str, Fact] = {}
    why: dict[str, Why] = {}
    counts: dict[str, int] = {}
    for fact in facts:
        known = newest.get(fact.subject)
        if known is None or _rank(fact) > _rank(known):
            newest[fact.subject] = fact
        why[fact.subject] = min(fact.why, why.get(fact.subject, fact.why))
        counts[fact.subject] = counts.get(fact.subject, 0) + 1
    return [Line(newest[subject], why[subject], counts[subject]) for subject in sorted(newest)]


def _rank(fact: Fact) -> tuple[int, int, str, int, int, tuple[str, ...]]:
    closes = -1 if fact.closes is None else fact.closes
    return (fact.number, -fact.why, fact.group, -fact.seconds, closes, fact.side)
