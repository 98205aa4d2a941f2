"""Le bilan: the order, the means, who was reached, what was answered and kept, and what was not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from democratic.participation.commitments.models import CommitmentState
from democratic.participation.commitments.queries import LATE, STANDINGS, WITHDRAWN, standing_of
from democratic.participation.ideas.models import Idea
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due
from democratic.participation.processes.models import Process
from democratic.participation.reports.answering import Answering, answering_of
from democratic.participation.reports.cells import suppress
from democratic.participation.reports.chain import Chain
from democratic.participation.reports.heard import INADMISSIBLE, Voices
from democratic.participation.reports.history import last_notes
from democratic.thread.models import LinkKind, Record, Visibility
from democratic.thread.rules import Viewer

FELL_SHORT = (CommitmentState.UNKEPT.value, LATE, CommitmentState.PART.value, WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment as it stands; ``note`` is the last word published on it, in the service's words."""

    record: Record
    due: Due | None
    standing: str
    note: str
    actions: tuple[Record, ...]
    evidence: tuple[Record, ...]

    @property
    def why(self) -> str:
        """The reason given in public: of the postponement when it is late, else the last word on it."""
        postponed = self.due.last_reason if self.due else ""
        return postponed or self.note if self.standing == LATE else self.note or postponed


@dataclass(frozen=True, slots=True)
class Balance:
    answering: Answering
    ages: Mapping[str, int | None]
    promises: tuple[Promise, ...]

    @property
    def process(self) -> Process:
        return self.answering.process

    @property
    def chain(self) -> Chain:
        return self.answering.chain

    @property
    def voices(self) -> Voices:
        return self.answering.voices

    @property
    def report_due(self) -> Due | None:
        return self.answering.dues.get((self.process.pk, Owed.REPORT))

    @property
    def tally(self) -> dict[str, int]:
        counts = Counter(promise.standing for promise in self.promises)
        return {standing: counts[standing] for standing in STANDINGS}

    @property
    def committed_cents(self) -> int | None:
        """What the commitments that were not withdrawn cost together; None when none says its cost."""
        costs = [
            promise.record.commitment.cost_cents
            for promise in self.promises
            if promise.standing != WITHDRAWN and promise.record.commitment.cost_cents is not None
        ]
        return sum(costs) if costs else None

    @property
    def costs_unsaid(self) -> int:
        return sum(promise.record.commitment.cost_cents is None for promise in self.promises)

    @property
    def fell_short(self) -> tuple[Promise, ...]:
        """Not kept, late, kept in part, withdrawn: what was not managed, with why."""
        short = [promise for promise in self.promises if promise.standing in FELL_SHORT]
        return tuple(sorted(short, key=lambda promise: FELL_SHORT.index(promise.standing)))


def balance_of(process: Process, viewer: Viewer, today: date) -> Balance:
    """Six queries, whatever was said and promised. ``process`` comes with its record and its mandate."""
    answering = answering_of(process, viewer, today)
    notes = last_notes([record.pk for record in answering.chain.commitments])
    return Balance(answering, _ages(process), tuple(_promises(answering, notes)))


def _promises(answering: Answering, notes: Mapping[UUID, str]) -> list[Promise]:
    chain, promises = answering.chain, []
    for record in chain.commitments:
        due = answering.dues.get((record.pk, Owed.COMMITMENT))
        standing, note = standing_of(record, due), notes.get(record.pk, "")
        actions = chain.actions.get(record.pk, ())
        promises.append(Promise(record, due, standing, note, actions, chain.evidence_for(record)))
    return sorted(promises, key=lambda promise: STANDINGS.index(promise.standing))


def _ages(process: Process) -> dict[str, int | None]:
    """Contributions by age band, as given; a band of fewer than five is not published."""
    parts = Record.objects.filter(process=process.pk, links_out__kind=LinkKind.SPLIT_FROM)
    rows = (
        Idea.objects.filter(process=process, record__visibility=Visibility.PUBLIC)
        .exclude(record__in=parts)
        .exclude(record__state=INADMISSIBLE)
        .values_list("age_band")
        .annotate(n=Count("pk"))
        .order_by("age_band")
    )
    return suppress(dict(rows))
