"""What is promised: a service, a day, and an obligation that shows its lateness by itself."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Service
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Refusal
from democratic.participation.commitments.actions.records import open_institutional
from democratic.participation.commitments.events import ACTION_PLANNED, COMMITMENT_MADE
from democratic.participation.commitments.models import (
    Action,
    ActionState,
    Commitment,
    CommitmentState,
    Decision,
)
from democratic.participation.obligations.actions import owe
from democratic.participation.obligations.models import Owed
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import Words, link, refuse_if_withdrawn
from democratic.thread.events import Event
from democratic.thread.models import Kind, LinkKind, Record


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: by which service, for when, at what cost (euro cents)."""

    service: Service
    due_on: date
    cost_cents: int | None = None


@transaction.atomic
def make_commitment(
    *, decision: Decision, words: Words, work: Work, author: Person | None, clock: Clock
) -> Commitment:
    """Promise something in public, with a service and a date; lateness shows by itself after it."""
    record = _promise(
        decision.record, decision.process, LinkKind.KEPT_BY, COMMITMENT, words, work, author, clock
    )
    return Commitment.objects.create(
        record=record,
        process=decision.process,
        decision=decision,
        service=work.service,
        cost_cents=work.cost_cents,
    )


@transaction.atomic
def plan_action(
    *, commitment: Commitment, words: Words, work: Work, author: Person | None, clock: Clock
) -> Action:
    """Say what will be done to keep it: owed and dated as the commitment is."""
    record = _promise(
        commitment.record, commitment.process, LinkKind.DONE_BY, ACTION, words, work, author, clock
    )
    return Action.objects.create(
        record=record, commitment=commitment, service=work.service, cost_cents=work.cost_cents
    )


@dataclass(frozen=True, slots=True)
class _Sort:
    """What a promise is called: as a Record, in the journal, and among what is owed."""

    kind: Kind
    event: Event
    state: str
    owed: Owed


COMMITMENT = _Sort(Kind.COMMITMENT, COMMITMENT_MADE, CommitmentState.DUE, Owed.COMMITMENT)
ACTION = _Sort(Kind.ACTION, ACTION_PLANNED, ActionState.PLANNED, Owed.ACTION)


def _promise(
    source: Record,
    process: Process,
    follows: LinkKind,
    sort: _Sort,
    words: Words,
    work: Work,
    author: Person | None,
    clock: Clock,
) -> Record:
    """A Record that follows from ``source``, and the obligation that shows its lateness."""
    refuse_if_withdrawn(source)
    refuse_a_day_gone_by(work, process, clock)
    record = open_institutional(
        process,
        sort.kind,
        words,
        sort.event,
        clock,
        author=author,
        state=sort.state,
        data={"due_on": work.due_on.isoformat(), "cost_cents": work.cost_cents},
        extra_words={"service": work.service.name},
    )
    link(source=source, kind=follows, target=record, entry=record.entries.get(kind=sort.event.kind))
    owe(record=record, owed=sort.owed, service=work.service, due_on=work.due_on, clock=clock)
    return record


def refuse_a_day_gone_by(work: Work, process: Process, clock: Clock) -> None:
    """Nothing is promised late: what was promised elsewhere before is told at the clock of that day."""
    if work.due_on < local_day(clock.now(), process.record.authority.time_zone):
        raise Refusal(
            _("Cette date est passée : un engagement se prend pour aujourd’hui ou après."), field="due_on"
        )
