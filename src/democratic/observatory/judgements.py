"""What was found beside what the authority says today: one by one, counted, and a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from democratic.observatory.models import Verdict
from democratic.observatory.queries import PAGE, latest_verdicts, with_words
from democratic.observatory.states import AGREES, Says, disagrees
from democratic.participation.commitments.queries import standing_of, standing_on
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import dues_of
from democratic.thread.models import Authority


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict beside what the authority says today."""

    verdict: Verdict
    standing: str

    @property
    def disagrees(self) -> bool:
        return disagrees(self.verdict.says, self.standing)


def beside_the_authority(verdicts: Iterable[Verdict], today: date) -> list[Judged]:
    """Two queries, whatever their number: withdrawals come with the commitments."""
    told = list(verdicts)
    dues = dues_of([each.commitment_id for each in told], today)
    return [
        Judged(
            each,
            standing_of(each.commitment.record, dues.get((each.commitment_id, Owed.COMMITMENT))),
        )
        for each in told
    ]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """To one observatory, to one process by its slug, to what one verdict says, to those that disagree."""

    observatory: UUID | None = None
    process: str = ""
    says: str = ""
    only_disagreeing: bool = False


EVERY = Narrowed()


@dataclass(frozen=True, slots=True)
class Tally:
    """The latest verdicts of an observatory or a process, however they are narrowed further, and how many match."""

    counts: dict[str, int]
    disagreeing: int
    matching: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Judgements:
    tally: Tally
    rows: tuple[Judged, ...]


def tally_of_verdicts(authority: Authority, today: date, narrowed: Narrowed = EVERY) -> Tally:
    """One query."""
    groups = _latest(authority, today, narrowed).values_list("says", "is_split").annotate(n=Count("pk"))
    counts, disagreeing, matching = dict.fromkeys(Says.values, 0), 0, 0
    for says, is_split, n in groups.order_by():
        counts[says] += n
        disagreeing += n * is_split
        if narrowed.says in ("", says) and (is_split or not narrowed.only_disagreeing):
            matching += n
    return Tally(counts, disagreeing, matching)


def judgements(
    authority: Authority, today: date, narrowed: Narrowed = EVERY, *, offset: int = 0, limit: int = PAGE
) -> Judgements:
    """The newest first, in three queries: counted, then which ones make this page, then their words."""
    tally = tally_of_verdicts(authority, today, narrowed)
    found = _latest(authority, today, narrowed)
    if narrowed.says:
        found = found.filter(says=narrowed.says)
    if narrowed.only_disagreeing:
        found = found.filter(is_split=True)
    order = ("-decided_on", "-pk")
    page = dict(found.order_by(*order).values_list("pk", "standing")[offset : offset + limit])
    rows = with_words(Verdict.objects.filter(pk__in=page)).order_by(*order)
    return Judgements(tally, tuple(Judged(each, page[each.pk]) for each in rows))


def _latest(authority: Authority, today: date, narrowed: Narrowed) -> QuerySet[Any, Any]:
    """``disagrees``, for the database: ``is_split``."""
    agreed = [
        When(Q(says=says, standing__in=standings), then=Value(False)) for says, standings in AGREES.items()
    ]
    found = latest_verdicts().filter(record__authority=authority)
    if narrowed.observatory is not None:
        found = found.filter(observatory=narrowed.observatory)
    if narrowed.process:
        found = found.filter(commitment__process__slug=narrowed.process)
    return found.annotate(standing=standing_on(today, "commitment__")).annotate(
        is_split=Case(*agreed, default=Value(True), output_field=BooleanField())
    )
