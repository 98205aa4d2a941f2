"""What was published of a vote, ready to be read: made of its last count, and of nothing else."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from civics.soundings.counts import Move, Outcome, Scale, most_chosen, movement, read_scale
from civics.soundings.rankings import Ranks, read_rankings
from civics.soundings.words import WordCount
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.soundings.counting import BY_HAND
from democratic.participation.meetings.soundings.hands import ranks_of
from democratic.participation.meetings.soundings.models import Sounding, SoundingKind


@dataclass(frozen=True, slots=True)
class Column:
    """By which seat: one, or small ones counted together. ``counts``: by rank; for a ranking, first places."""

    sources: tuple[str, ...]
    people: int
    counts: Mapping[int, int]
    raw: Mapping[str, int]

    @property
    def is_later(self) -> bool:
        return self.sources == (Seat.LATER,)


@dataclass(frozen=True, slots=True)
class ByHand:
    by: str
    total: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Results:
    """``columns`` are empty when so few voted that nothing more than their number is told."""

    kind: SoundingKind
    total: int
    is_final: bool
    ranks: tuple[int, ...]
    columns: tuple[Column, ...]
    by_hand: tuple[ByHand, ...]
    words: WordCount
    outcome: Outcome | None

    @property
    def counts(self) -> dict[int, int]:
        summed = Counter[int]()
        for column in self.columns:
            summed.update(column.counts)
        return {rank: summed[rank] for rank in self.ranks}

    @property
    def most(self) -> tuple[int, ...]:
        return most_chosen(self.counts)

    @property
    def scale(self) -> Scale | None:
        return read_scale(self.counts) if self.kind == SoundingKind.SCALE else None

    @property
    def ranking(self) -> Ranks:
        voices = Counter[tuple[int, ...]]()
        for column in self.columns:
            voices.update({_order(said): n for said, n in column.raw.items()})
        return read_rankings(self.ranks, voices)

    @property
    def during(self) -> tuple[Column, ...]:
        """In the meeting, one column or several; the small ones of after may be with them."""
        return tuple(column for column in self.columns if not column.is_later)

    @property
    def after(self) -> Column | None:
        return next((column for column in self.columns if column.is_later), None)


def results_of(sounding: Sounding) -> Results | None:
    """With its options. None as long as nothing was published."""
    said = sounding.counted
    if not said:
        return None
    kind = SoundingKind(sounding.kind)
    return Results(
        kind=kind,
        total=said["total"],
        is_final=said["is_final"],
        ranks=tuple(ranks_of(sounding)),
        columns=tuple(sorted(map(_column, said["groups"]), key=_place)),
        by_hand=tuple(
            ByHand(each["by"], each["total"], datetime.fromisoformat(each["at"])) for each in said["hands"]
        ),
        words=WordCount(tuple((word, n) for word, n in said["words"]["shown"]), said["words"]["others"]),
        outcome=Outcome(said["outcome"]) if said["outcome"] else None,
    )


def _column(group: Mapping[str, Any]) -> Column:
    raw: dict[str, int] = group["counts"]
    counts = Counter[int]()
    for said, n in raw.items():
        counts[_order(said)[0]] += n
    return Column(tuple(group["sources"]), group["people"], dict(counts), raw)


_PLACES = (Seat.ROOM, BY_HAND, Seat.REMOTE, Seat.LATER)


def _place(column: Column) -> int:
    """The room first, its hands and papers beside it, then who is far away, then who came later."""
    return min(n for n, place in enumerate(_PLACES) for source in column.sources if source.startswith(place))


def _order(said: str) -> tuple[int, ...]:
    return tuple(map(int, said.split(">")))


def moved(before: Results, after: Results) -> tuple[Move, ...]:
    """Between two votes on the same question: totals alone. Nothing when one of them is told by its number alone."""
    if not before.columns or not after.columns or after.kind == SoundingKind.WORDS:
        return ()
    return movement(before.counts, after.counts, before_of=before.total, after_of=after.total)
