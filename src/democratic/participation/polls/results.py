"""What was published of a question, ready to be read: made of its last count, and of nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
    """``columns`` are empty when so few answered that nothing more than their number is told."""

    total: int
    is_final: bool
    options: tuple[PollOption, ...]
    columns: tuple[Column, ...]
    batches: tuple[Batch, ...]
    with_account: int | None

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
    said = poll.counted
    if not said:
        return None
    columns = [
        Column(tuple(group["sources"]), {int(rank): n for rank, n in group["counts"].items()})
        for group in said["groups"]
    ]
    batches = [
        Batch(each["origin"], each["batch"], each["total"], datetime.fromisoformat(each["at"]))
        for each in said["batches"]
    ]
    return Results(
        said["total"], said["is_final"], tuple(options), tuple(columns), tuple(batches), said["with_account"]
    )
