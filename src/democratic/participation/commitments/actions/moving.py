"""What changes state, in public, with who and why."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.commitments.actions.records import lock_record
from democratic.participation.commitments.events import ACTION_MOVED, COMMITMENT_MOVED
from democratic.participation.commitments.models import Action, ActionState, Commitment, CommitmentState
from democratic.participation.commitments.states import ACTION_NEXT, COMMITMENT_NEXT
from democratic.participation.obligations.actions import end_obligation, meet, reopen
from democratic.participation.obligations.models import Owed
from democratic.thread.actions import append_entry, set_state
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.events import Event
from democratic.thread.models import Record


@transaction.atomic
def move_commitment(
    *, commitment: Commitment, to: CommitmentState, note: str, function: str, clock: Clock
) -> None:
    """Change a commitment's state in public, with who (function) and why."""
    record = lock_record(commitment.record_id)
    state = CommitmentState(record.state)
    _refuse_unless(to in COMMITMENT_NEXT[state], state, CommitmentState(to))
    _tell_move(record, COMMITMENT_MOVED, to, note, function, clock)
    if to in (CommitmentState.KEPT, CommitmentState.PART):
        meet(record=record, owed=Owed.COMMITMENT, clock=clock)
        return
    # Said kept, in part or not kept, and taken back: its first date counts again, and so does its lateness.
    reopen(record=record, owed=Owed.COMMITMENT, clock=clock)
    if to == CommitmentState.UNKEPT:
        end_obligation(record=record, owed=Owed.COMMITMENT, clock=clock)


@transaction.atomic
def move_action(*, action: Action, to: ActionState, note: str, function: str, clock: Clock) -> None:
    record = lock_record(action.record_id)
    state = ActionState(record.state)
    _refuse_unless(to in ACTION_NEXT[state], state, ActionState(to))
    _tell_move(record, ACTION_MOVED, to, note, function, clock)
    if to == ActionState.DONE:
        meet(record=record, owed=Owed.ACTION, clock=clock)
    elif to == ActionState.ABANDONED:
        end_obligation(record=record, owed=Owed.ACTION, clock=clock)
    else:
        reopen(record=record, owed=Owed.ACTION, clock=clock)


def _refuse_unless(
    follows: bool,  # noqa: FBT001  what the life's table says of the two states
    old: CommitmentState | ActionState,
    new: CommitmentState | ActionState,
) -> None:
    if not follows:
        said = {"old": old.label, "new": new.label}
        raise Conflict(_("On ne passe pas de « %(old)s » à « %(new)s ».") % said)


def _tell_move(record: Record, event: Event, to: str, note: str, function: str, clock: Clock) -> None:
    old, why = record.state, clean_text(note)
    if not why:
        raise Refusal(_("Dites ce qui a changé : cette ligne est publique."), field="note")
    set_state(record, to)
    append_entry(
        event,
        record=record,
        now=clock.now(),
        data={"from": old, "to": to},
        words={"note": why, "function": clean_line(function)},
        is_institutional=True,
    )
    bump_pages_of(record)
