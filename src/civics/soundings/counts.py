"""Choices, scales and rounds of consent, counted from how many gave each rank."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Counts = Mapping[int, int]
"""How many gave each rank."""


def count_ranks(ranks: Iterable[int], voices: Iterable[Sequence[int]]) -> dict[int, int]:
    """Each voice counts once for each thing that it holds; what nobody chose is counted 0."""
    seen = Counter(rank for voice in voices for rank in voice)
    return {rank: seen[rank] for rank in ranks}


def most_chosen(counts: Counts) -> tuple[int, ...]:
    """Several when they are level, none when nobody chose."""
    most = max(counts.values(), default=0)
    return tuple(sorted(rank for rank, n in counts.items() if n == most > 0))


@dataclass(frozen=True, slots=True)
class Scale:
    """``median``: the lower one, a place that someone gave. ``tenths``: ten times the mean, rounded half up."""

    n: int
    median: int
    tenths: int

    @property
    def mean(self) -> float:
        return self.tenths / 10


def read_scale(counts: Counts) -> Scale | None:
    """None when nobody answered. Of an even number of voices, the median is the lower of the two in the middle."""
    n = sum(counts.values())
    if not n:
        return None
    total = sum(place * of for place, of in counts.items())
    passed = 0
    for place in sorted(counts):
        passed += counts[place]
        if 2 * passed >= n:
            break
    return Scale(n, place, (20 * total + n) // (2 * n))


class Outcome(StrEnum):
    """Of a round of consent: what nobody objects to, and someone consents to, is adopted."""

    ADOPTED = "adopted"
    OBJECTED = "objected"
    NOBODY = "nobody"  # nobody consents: all stood aside, or none answered


def consent_outcome(consents: int, objections: int) -> Outcome:
    """Who stands aside neither carries the proposal nor stops it; one objection stops it."""
    if objections:
        return Outcome.OBJECTED
    return Outcome.ADOPTED if consents else Outcome.NOBODY


@dataclass(frozen=True, slots=True)
class Move:
    """Between two counts of the same question: totals alone, which say nothing of who moved."""

    rank: int
    before: int
    after: int
    before_of: int
    after_of: int

    @property
    def points(self) -> int:
        """Of a hundred voices, how many more (or fewer); 0 when nobody answered one of the two."""
        if not self.before_of or not self.after_of:
            return 0
        return round(100 * self.after / self.after_of) - round(100 * self.before / self.before_of)


def movement(before: Counts, after: Counts, *, before_of: int, after_of: int) -> tuple[Move, ...]:
    """``before_of``, ``after_of``: how many people answered each time, who may not be the same."""
    ranks = sorted({*before, *after})
    return tuple(Move(rank, before.get(rank, 0), after.get(rank, 0), before_of, after_of) for rank in ranks)
