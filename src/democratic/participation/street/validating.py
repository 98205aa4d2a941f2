"""An agent has read what came back: it is published as what it is, corrected before, or set aside with a reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.approvals.actions import take_back_request
from democratic.participation.polls.actions import answer_for_guests
from democratic.participation.street.becoming import BECOMES, Reading
from democratic.participation.street.fields import NAME_LIMIT, TEXT_LIMIT
from democratic.participation.street.files import let_go
from democratic.participation.street.models import CaptureKind, ReservedCode, StreetCapture, StreetSession
from democratic.participation.street.newness import look_for_near
from democratic.participation.street.planning import is_ahead, lock_session, move
from democratic.participation.street.states import SessionState
from democratic.participation.street.telling import tell_when_all_is_read
from democratic.people.models import Person
from democratic.thread.actions import bump_pages_of
from democratic.thread.models import Origin

State = StreetCapture.State
# Of a person, what may still be counted once her words stand elsewhere.
_COUNTED = ("age_band", "in_no_body")


@dataclass(frozen=True, slots=True)
class Outcome:
    validated: int
    refused: int
    asked: int = 0


@transaction.atomic
def validate_captures(
    *, session: StreetSession, by: Person, function: str, clock: Clock, only: Collection[UUID] | None = None
) -> Outcome:
    """Publish all that waits, or ``only`` these. One that cannot be stays, with the reason; the others go on.

    Conflict: the session has not begun.
    """
    locked = lock_session(session.pk)
    if is_ahead(locked, clock.now()):
        raise Conflict(
            _(
                "Ce rendez-vous n’a pas commencé : rien ne s’en publie avant. Ce qui a été envoyé pour essayer s’écarte."
            )
        )
    if locked.record.state == SessionState.PLANNED:
        move(locked, SessionState.HELD)
    waiting = StreetCapture.objects.filter(session=locked, state=State.RECEIVED)
    if only is not None:
        waiting = waiting.filter(pk__in=only)
    chosen = list(
        waiting.select_for_update(of=("self",)).select_related("device__person").order_by("seq", "uuid")
    )
    _hold_codes_of(chosen)
    reading = Reading(locked, by, function, clock)
    done = _count_taps(reading, [each for each in chosen if each.kind == CaptureKind.TAP])
    for capture in chosen:
        if capture.kind != CaptureKind.TAP and _publish(reading, capture):
            done.append(capture)
    asked = [each for each in done if each.kind == CaptureKind.ENGAGEMENT]
    done = [each for each in done if each.kind != CaptureKind.ENGAGEMENT]
    _hold(asked)
    close(done, clock)
    tell_when_all_is_read(session=locked, clock=clock)
    bump_pages_of(locked.record)
    return Outcome(len(done), len(chosen) - len(done) - len(asked), len(asked))


def _hold_codes_of(captures: Sequence[StreetCapture]) -> None:
    """In the order in which devices that send take them, so that neither waits for the other for ever."""
    codes = ReservedCode.objects.filter(code__in=[each.code for each in captures if each.code])
    list(codes.select_for_update().order_by("code"))


def _count_taps(reading: Reading, taps: list[StreetCapture]) -> list[StreetCapture]:
    """Together: a kiosk gives them by the hundred."""
    poll = reading.session.poll
    if not taps or poll is None:
        return []
    ranks = [tap.payload["rank"] for tap in taps]
    try:
        with transaction.atomic():
            answer_for_guests(poll_id=poll.pk, ranks=ranks, origin=Origin.STREET, clock=reading.clock)
    except Refusal as refusal:
        StreetCapture.objects.filter(pk__in=[tap.pk for tap in taps]).update(reason=str(refusal.message))
        return []
    return taps


def _publish(reading: Reading, capture: StreetCapture) -> bool:
    try:
        with transaction.atomic():
            capture.record = BECOMES[CaptureKind(capture.kind)](reading, capture)
            look_for_near(reading.session, capture)
    except Refusal as refusal:
        capture.record = None
        StreetCapture.objects.filter(pk=capture.pk).update(reason=str(refusal.message))
        return False
    return True


def _hold(asked: list[StreetCapture]) -> None:
    """Until who promised accepts: what she signed stays here meanwhile."""
    for capture in asked:
        capture.state, capture.reason = State.ASKED, ""
    StreetCapture.objects.bulk_update(asked, ["state", "reason", "record"], batch_size=200)


def close(done: list[StreetCapture], clock: Clock) -> None:
    """What stands in public now goes from here: its words, its voices, its photos."""
    now = clock.now()
    for capture in done:
        capture.state, capture.reviewed_at, capture.reason = State.VALIDATED, now, ""
        capture.payload = {name: capture.payload[name] for name in _COUNTED if name in capture.payload}
    StreetCapture.objects.bulk_update(
        done, ["state", "reviewed_at", "reason", "payload", "record", "newness", "near"], batch_size=200
    )
    let_go(done, now=now)


@transaction.atomic
def correct_capture(*, capture: StreetCapture, text: str, first_name: str) -> None:
    """A slip of the keyboard, a name to take out: before it is published, and only then."""
    locked = waiting(capture)
    said = clean_text(text)
    if not said or len(said) > TEXT_LIMIT:
        raise Refusal(_("Une parole a des mots, et 2 000 signes au plus."), field="text")
    name = clean_line(first_name)[:NAME_LIMIT]
    locked.payload = {**locked.payload, "text": said, "first_name": name}
    locked.reason = ""
    locked.save(update_fields=["payload", "reason"])


@transaction.atomic
def set_aside(*, capture: StreetCapture, reason: str, clock: Clock) -> None:
    """It is published nowhere and counted as set aside; kept a while between agents, then forgotten."""
    why = clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi cette saisie est écartée."), field="reason")
    session = lock_session(capture.session_id)  # first, as who validates does
    locked = waiting(capture, State.RECEIVED, State.TO_CORRECT, State.ASKED)
    if locked.state == State.ASKED and locked.record is not None:
        take_back_request(record=locked.record, clock=clock)
    put_by(session, locked, why, clock)


def put_by(session: StreetSession, locked: StreetCapture, why: str, clock: Clock) -> None:
    """Both locked by the caller."""
    locked.state, locked.reason, locked.reviewed_at = State.SET_ASIDE, why, clock.now()
    locked.save(update_fields=["state", "reason", "reviewed_at"])
    if is_ahead(session, clock.now()):
        return
    if session.record.state == SessionState.PLANNED:
        move(session, SessionState.HELD)
    tell_when_all_is_read(session=session, clock=clock)
    bump_pages_of(session.record)


def waiting(capture: StreetCapture, *states: str) -> StreetCapture:
    locked = StreetCapture.objects.select_for_update().get(pk=capture.pk)
    if locked.state not in (states or (State.RECEIVED,)):
        raise Conflict(_("Cette saisie a déjà été relue. Rechargez la page."))
    return locked
