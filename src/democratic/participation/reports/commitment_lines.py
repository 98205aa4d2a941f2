"""Commitments as a tally shows them: one line each, with its lateness and why, in one query."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from democratic.kernel.spoken import Spoken
from democratic.participation.commitments.events import COMMITMENT_MOVED
from democratic.participation.commitments.models import CommitmentState
from democratic.participation.obligations.models import Obligation, Owed, Postponement
from democratic.participation.obligations.queries import Due
from democratic.thread.models import Opening
from democratic.thread.rules import Viewer, visible_records

LATE, WITHDRAWN = "late", "withdrawn"
# The order in which a tally is read: from what was kept to what was not.
ORDER = (
    CommitmentState.KEPT, CommitmentState.PART, CommitmentState.DOING, CommitmentState.DUE,
    LATE, CommitmentState.UNKEPT, WITHDRAWN,
)  # fmt: skip
# More knots than this are no longer seen one by one: the page that lists them all has every one.
MOST = 500


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """``shown`` is the state with lateness and *retrait* read into it; ``why``: a reason given in public."""

    id: UUID
    code: str
    title: str
    state: str
    is_withdrawn: bool
    due: Due
    times_put_off: int
    postponed_why: str
    moved_why: str
    cost_cents: int | None

    @property
    def shown(self) -> str:
        if self.is_withdrawn:
            return WITHDRAWN
        return LATE if self.due.is_late else self.state

    @property
    def why(self) -> str:
        return self.postponed_why if self.shown == LATE else self.moved_why


def commitment_lines(
    viewer: Viewer, today: date, *, process_id: UUID | None = None, answerer_id: UUID | None = None
) -> list[CommitmentLine]:
    """Of one process, or of those for which one official answers, or of all; at most ``MOST``.

    In the order of a tally, the oldest promise first in each state.
    """
    owed = Obligation.objects.filter(owed=Owed.COMMITMENT, record__in=visible_records(viewer))
    if process_id:
        owed = owed.filter(record__process=process_id)
    if answerer_id:
        owed = owed.filter(record__commitment__process__mandate__answerer=answerer_id)
    rows = _with_reasons(owed).order_by("first_due_on", "pk").values_list(
        "record_id", "record__code", "record__wording__title", "record__wording__language", "record__state",
        "record__withdrawal__withdrawn_at", "service__name", "first_due_on", "due_on", "met_on", "ended_on",
        "put_off", "why_put_off", "why_moved", "record__commitment__cost_cents",
    )[:MOST]  # fmt: skip
    return sorted((_line(row, today) for row in rows), key=lambda line: ORDER.index(line.shown))


def tally_of(lines: list[CommitmentLine]) -> Counter[str]:
    """How many in each shown state."""
    return Counter(line.shown for line in lines)


def _with_reasons(owed: QuerySet[Obligation]) -> QuerySet[Any]:
    last_postponement = Postponement.objects.filter(obligation=OuterRef("pk")).order_by("-new_on")
    last_note = Opening.objects.filter(
        entry__record=OuterRef("record"), entry__kind=COMMITMENT_MOVED.kind, part="note"
    ).order_by("-entry_id")
    return owed.annotate(
        put_off=Count("postponements"),
        why_put_off=Subquery(last_postponement.values("reason")[:1]),
        why_moved=Subquery(last_note.values("value")[:1]),
    )


def _line(row: tuple[Any, ...], today: date) -> CommitmentLine:
    record_id, code, title, language, state, withdrawn_at, service, first, due_on, met, ended, *rest = row
    put_off, why_put_off, why_moved, cost = rest
    due = Due(Owed.COMMITMENT, service, first, due_on, met, ended, (), today)
    said, put_off_why, moved_why = (Spoken(words, language) for words in (title, why_put_off, why_moved))
    is_withdrawn = withdrawn_at is not None
    return CommitmentLine(
        record_id, code, said, state, is_withdrawn, due, put_off, put_off_why, moved_why, cost
    )
