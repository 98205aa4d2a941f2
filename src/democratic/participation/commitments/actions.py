from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Service
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.commitments.events import (
    ACTION_MOVED,
    ACTION_PLANNED,
    COMMITMENT_MADE,
    COMMITMENT_MOVED,
    DECISION_PUBLISHED,
    EVIDENCE_GIVEN,
)
from democratic.participation.commitments.models import (
    Action,
    ActionState,
    Commitment,
    CommitmentState,
    Decision,
    Evidence,
)
from democratic.participation.commitments.states import ACTION_NEXT, COMMITMENT_NEXT
from democratic.participation.obligations.actions import end_obligation, meet, owe
from democratic.participation.obligations.models import Owed
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import refuse_before_its_stage
from democratic.participation.processes.tool import Act
from democratic.people.models import Person
from democratic.thread.actions import (
    NewAttachment,
    NewRecord,
    Words,
    append_entry,
    attach_file,
    link,
    open_record,
    refuse_if_withdrawn,
    set_state,
)
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.events import Event
from democratic.thread.models import Kind, LinkKind, Origin, Record


@dataclass(frozen=True, slots=True)
class Vote:
    """The votes of the body that decided, when it voted."""

    votes_for: int
    votes_against: int
    abstentions: int


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: by which service, for when, at what cost (euro cents)."""

    service: Service
    due_on: date
    cost_cents: int | None = None


@transaction.atomic
def publish_decision(
    *,
    process: Process,
    words: Words,
    decided_on: date,
    reference: str,
    body: str,
    answers: Sequence[Record],
    author: Person | None,
    clock: Clock,
    url: str = "",
    vote: Vote | None = None,
) -> Decision:
    """Publish what was decided, linked to the answers that it follows from."""
    if not clean_line(words.title):
        raise Refusal(_("Dites ce qui est décidé, en une ligne."), field="title")
    refuse_before_its_stage(process, Act.DECIDE, clock.now())
    record = _open_institutional(
        process,
        Kind.DECISION,
        words,
        DECISION_PUBLISHED,
        clock,
        author=author,
        state="decided",
        data={
            "decided_on": decided_on.isoformat(),
            "votes": [vote.votes_for, vote.votes_against, vote.abstentions] if vote else None,
        },
        extra_words={"reference": clean_line(reference), "body": clean_line(body)},
    )
    entry = record.entries.get(kind=DECISION_PUBLISHED.kind)
    for answer in answers:
        link(source=answer, kind=LinkKind.DECIDED_BY, target=record, entry=entry)
    return Decision.objects.create(
        record=record,
        process=process,
        decided_on=decided_on,
        reference=clean_line(reference)[:120],
        body=clean_line(body)[:160],
        url=url,
        votes_for=vote.votes_for if vote else None,
        votes_against=vote.votes_against if vote else None,
        abstentions=vote.abstentions if vote else None,
    )


@transaction.atomic
def make_commitment(
    *, decision: Decision, words: Words, work: Work, author: Person | None, clock: Clock
) -> Commitment:
    """Promise something in public, with a service and a date; lateness shows by itself after it."""
    refuse_if_withdrawn(decision.record)
    _refuse_a_day_gone_by(work, decision.process, clock)
    record = _open_institutional(
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
    record = _open_institutional(
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


@transaction.atomic
def move_commitment(
    *, commitment: Commitment, to: CommitmentState, note: str, function: str, clock: Clock
) -> None:
    """Change a commitment's state in public, with who (function) and why."""
    record = _lock(commitment.record_id)
    state = CommitmentState(record.state)
    if to not in COMMITMENT_NEXT[state]:
        raise Conflict(
            _("On ne passe pas de « %(old)s » à « %(new)s ».")
            % {"old": state.label, "new": CommitmentState(to).label}
        )
    _tell_move(record, COMMITMENT_MOVED, state, to, note, function, clock)
    if to in (CommitmentState.KEPT, CommitmentState.PART):
        meet(record=record, owed=Owed.COMMITMENT, clock=clock)
    elif to == CommitmentState.UNKEPT:
        end_obligation(record=record, owed=Owed.COMMITMENT, clock=clock)


@transaction.atomic
def move_action(*, action: Action, to: ActionState, note: str, function: str, clock: Clock) -> None:
    record = _lock(action.record_id)
    state = ActionState(record.state)
    if to not in ACTION_NEXT[state]:
        raise Conflict(
            _("On ne passe pas de « %(old)s » à « %(new)s ».")
            % {"old": state.label, "new": ActionState(to).label}
        )
    _tell_move(record, ACTION_MOVED, state, to, note, function, clock)
    if to == ActionState.DONE:
        meet(record=record, owed=Owed.ACTION, clock=clock)
    elif to == ActionState.ABANDONED:
        end_obligation(record=record, owed=Owed.ACTION, clock=clock)


@transaction.atomic
def give_evidence(
    *,
    subject: Record,
    words: Words,
    author: Person | None,
    clock: Clock,
    url: str = "",
    file: NewAttachment | None = None,
    origin: Origin = Origin.WEB,
) -> Evidence:
    """Show, by a link or a file, that something was done, or was not."""
    refuse_if_withdrawn(subject)
    if subject.kind not in (Kind.COMMITMENT, Kind.ACTION):
        raise Refusal(_("Une preuve se rattache à un engagement ou à une action."))
    if not url and file is None:
        raise Refusal(_("Donnez un lien ou un fichier : une preuve se montre."), field="url")
    if url and not url.startswith(("http://", "https://")):
        raise Refusal(_("Ce lien doit commencer par https://."), field="url")
    process = subject.process.as_process if subject.process else None
    if process is None:
        raise Refusal(_("Cet engagement n’a pas de concertation."))
    record = _open_institutional(
        process,
        Kind.EVIDENCE,
        words,
        EVIDENCE_GIVEN,
        clock,
        author=author,
        state="given",
        origin=origin,
        data={"subject": subject.code, "file": file.file.sha256 if file else None},
        extra_words={"url": url, "alternative": file.described() if file else ""},
    )
    entry = record.entries.get(kind=EVIDENCE_GIVEN.kind)
    link(source=subject, kind=LinkKind.PROVED_BY, target=record, entry=entry)
    if file is not None:
        attach_file(record=record, new=file)
    return Evidence.objects.create(record=record, subject=subject, url=url)


def _refuse_a_day_gone_by(work: Work, process: Process, clock: Clock) -> None:
    """Nothing is promised late: what was promised elsewhere before is told at the clock of that day."""
    if work.due_on < local_day(clock.now(), process.record.authority.time_zone):
        raise Refusal(
            _("Cette date est passée : un engagement se prend pour aujourd’hui ou après."), field="due_on"
        )


def _lock(record_id: UUID) -> Record:
    record = Record.objects.select_for_update(of=("self",)).select_related("authority").get(pk=record_id)
    refuse_if_withdrawn(record)
    return record


def _tell_move(
    record: Record, event: Event, old: str, new: str, note: str, function: str, clock: Clock
) -> None:
    why = clean_text(note)
    if not why:
        raise Refusal(_("Dites ce qui a changé : cette ligne est publique."), field="note")
    set_state(record, new)
    append_entry(
        event,
        record=record,
        now=clock.now(),
        data={"from": old, "to": new},
        words={"note": why, "function": clean_line(function)},
        is_institutional=True,
    )
    bump_pages_of(record)


def _open_institutional(
    process: Process,
    kind: Kind,
    words: Words,
    event: Event,
    clock: Clock,
    *,
    author: Person | None,
    state: str,
    data: Mapping[str, Any],
    extra_words: Mapping[str, str] | None = None,
    origin: Origin = Origin.WEB,
) -> Record:
    record = open_record(
        NewRecord(
            authority=process.record.authority,
            kind=kind,
            process=process.record,
            words=words,
            event=event,
            author=author,
            origin=origin,
            state=state,
            is_institutional=True,
            data=data,
            extra_words=extra_words or {},
        ),
        clock=clock,
    )
    bump_pages_of(record)
    return record
