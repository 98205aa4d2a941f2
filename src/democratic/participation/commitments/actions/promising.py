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
from democratic.thread.models import Kind, LinkKind


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
    refuse_if_withdrawn(decision.record)
    _refuse_a_day_gone_by(work, decision.process, clock)
    record = open_institutional(
        decision.process,
        Kind.COMMITMENT,
        words,
        COMMITMENT_MADE,
        clock,
        author=author,
        state=CommitmentState.DUE,
        data={"due_on": work.due_on.isoformat(), "cost_cents": work.cost_cents},
        extra_words={"service": work.service.name},
    )
    entry = record.entries.get(kind=COMMITMENT_MADE.kind)
    link(source=decision.record, kind=LinkKind.KEPT_BY, target=record, entry=entry)
    owe(record=record, owed=Owed.COMMITMENT, service=work.service, due_on=work.due_on, clock=clock)
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
    refuse_if_withdrawn(commitment.record)
    _refuse_a_day_gone_by(work, commitment.process, clock)
    record = open_institutional(
        commitment.process,
        Kind.ACTION,
        words,
        ACTION_PLANNED,
        clock,
        author=author,
        state=ActionState.PLANNED,
        data={"due_on": work.due_on.isoformat(), "cost_cents": work.cost_cents},
        extra_words={"service": work.service.name},
    )
    entry = record.entries.get(kind=ACTION_PLANNED.kind)
    link(source=commitment.record, kind=LinkKind.DONE_BY, target=record, entry=entry)
    owe(record=record, owed=Owed.ACTION, service=work.service, due_on=work.due_on, clock=clock)
    return Action.objects.create(
        record=record, commitment=commitment, service=work.service, cost_cents=work.cost_cents
    )


def _refuse_a_day_gone_by(work: Work, process: Process, clock: Clock) -> None:
    """Nothing is promised late: what was promised elsewhere before is told at the clock of that day."""
    if work.due_on < local_day(clock.now(), process.record.authority.time_zone):
        raise Refusal(
            _("Cette date est passée : un engagement se prend pour aujourd’hui ou après."), field="due_on"
        )
