"""« Qui manque ? »: the people whom a campaign met, set beside those who live there.

Of a territory of ``C`` inhabitants, ``c`` of them in a cell (an age band, a place, or both), and ``T`` people met,
``m`` of them there: an even share would be ``e = T·c / C`` people. A cell is *missing* when ``e ≥ LEAST_EXPECTED`` and
``m < e / 2``; *heard* when ``m ≥ e / 2``; with fewer expected and fewer met, it is *too few to tell*: chance alone
would empty it. (Of ten expected, chance gives
fewer than five once in thirty times: Poisson, P(X ≤ 4 | 10) = 0,029.)

``short``: how many more people of that cell alone would make its share even, the others staying as they are:
the least ``k`` with ``(m + k) / (T + k) ≥ c / C``, that is ``⌈(T·c - m·C) / (C - c)⌉``.

Limits. People come as they like: these are volunteers, never a sample, and an even share would not make one. A census
is some years old. Who did not say her age or her place is in no cell, is counted apart, and is guessed from nothing.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Cell = TypeVar("Cell", bound=Hashable)
LEAST_EXPECTED = 10


class Verdict(StrEnum):
    MISSING = "missing"
    HEARD = "heard"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Line(Generic[Cell]):
    """One cell. ``of``: all inhabitants; ``met_in_all``: everyone met whose cell is known to the census."""

    cell: Cell
    inhabitants: int
    of: int
    met: int
    met_in_all: int

    @property
    def census_share(self) -> float:
        """Per cent."""
        return 100 * self.inhabitants / self.of if self.of else 0.0

    @property
    def met_share(self) -> float:
        """Per cent; 0 of nobody."""
        return 100 * self.met / self.met_in_all if self.met_in_all else 0.0

    @property
    def gap(self) -> float:
        """In points: below 0, less met than its share."""
        return self.met_share - self.census_share

    @property
    def expected(self) -> float:
        """People, for an even share."""
        return self.met_in_all * self.inhabitants / self.of if self.of else 0.0

    @property
    def short(self) -> int:
        """People of this cell who are missing for its share to be even; 0 when it is."""
        lacking = self.met_in_all * self.inhabitants - self.met * self.of
        others = self.of - self.inhabitants
        return -(-lacking // others) if lacking > 0 and others else 0

    @property
    def verdict(self) -> Verdict:
        wanted = self.met_in_all * self.inhabitants
        if wanted and 2 * self.met * self.of >= wanted:
            return Verdict.HEARD
        return Verdict.MISSING if self.is_telling else Verdict.TOO_FEW

    @property
    def is_telling(self) -> bool:
        """Whether enough people are expected for their absence to say something."""
        return bool(self.of) and self.met_in_all * self.inhabitants >= LEAST_EXPECTED * self.of


@dataclass(frozen=True, slots=True)
class Compared(Generic[Cell]):
    """``elsewhere``: met in cells that the census does not tell of. ``unsaid``: in none, as they did not say."""

    lines: tuple[Line[Cell], ...]
    elsewhere: int
    unsaid: int

    @property
    def missing(self) -> tuple[Line[Cell], ...]:
        """Those who are most, first."""
        found = [line for line in self.lines if line.verdict == Verdict.MISSING]
        return tuple(sorted(found, key=lambda line: -line.short))


def compare(census: Mapping[Cell, int], met: Mapping[Cell, int], *, unsaid: int = 0) -> Compared[Cell]:
    """In the order of the census. A cell where nobody lives is left out; who was met there is elsewhere."""
    lived_in = {cell: n for cell, n in census.items() if n > 0}
    inhabitants = sum(lived_in.values())
    known = sum(n for cell, n in met.items() if cell in lived_in)
    return Compared(
        tuple(Line(cell, n, inhabitants, met.get(cell, 0), known) for cell, n in lived_in.items()),
        sum(n for cell, n in met.items() if cell not in lived_in),
        unsaid,
    )
