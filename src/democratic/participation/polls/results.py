"""What was published of a question, ready to be read: made of its last count, and of nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from democratic.participation.polls.counting import OTHERS, VERIFIED
from democratic.participation.polls.events import read_count
from democratic.participation.polls.models import Poll, PollOption


@dataclass(frozen=True, slots=True)
class Column:
    """Where it was answered: one source, or small ones counted together."""

    sources: tuple[str, ...]
    counts: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Batch:
    """``at``: when it was verified."""

    origin: str
    name: str
    total: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Results:
    """``columns`` are empty when so few answered that nothing more than their number is told.

    ``verified``: of all, how many were verified when they answered; 0 says fewer than five, None not known.
    ``sides``: what these answered, and what the others did, at the closing; empty as long as it is not told.
    """

    total: int
    is_final: bool
    options: tuple[PollOption, ...]
    columns: tuple[Column, ...]
    batches: tuple[Batch, ...]
    with_account: int | None
    verified: int | None
    sides: tuple[Column, ...]

    @property
    def told(self) -> tuple[Column, ...]:
        """All that a table shows beside the total: by source, then by side."""
        return (*self.columns, *self.sides)

    def n(self, option: PollOption) -> int:
        return sum(column.counts.get(option.rank, 0) for column in self.columns)

    @property
    def most(self) -> tuple[PollOption, ...]:
        """The most chosen: several when they are level. « Sans avis » chooses nothing."""
        chosen = [option for option in self.options if not option.is_no_opinion]
        most = max(map(self.n, chosen), default=0)
        return tuple(option for option in chosen if self.n(option) == most > 0)


def results_of(poll: Poll, options: Sequence[PollOption]) -> Results | None:
    """None as long as nothing was published: before the closing, when totals are told then."""
    if not poll.counted:
        return None
    said = read_count(poll.counted)
    columns = [_column(group["sources"], group["counts"]) for group in said["groups"]]
    sides = [_column([side], said["split"][side]) for side in (VERIFIED, OTHERS) if said["split"]]
    batches = [
        Batch(each["origin"], each["batch"], each["total"], datetime.fromisoformat(each["at"]))
        for each in said["batches"]
    ]
    return Results(
        total=said["total"],
        is_final=said["is_final"],
        options=tuple(options),
        columns=tuple(columns),
        batches=tuple(batches),
        with_account=said["with_account"],
        verified=said["verified"],
        sides=tuple(sides),
    )


def _column(sources: Sequence[str], counts: Mapping[str, int]) -> Column:
    return Column(tuple(sources), {int(rank): n for rank, n in counts.items()})
