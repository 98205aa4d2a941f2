"""A hand goes up, or down: one's own, or that of someone in the room who has no phone."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.arrivals.models import Gender, Seat
from democratic.participation.meetings.arrivals.queries import attendance_of
from democratic.participation.meetings.floor.models import SpeakingTurn
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.locks import hold_live
from democratic.people.models import Person

State = SpeakingTurn.State
NAME_LIMIT, MOST_WAITING = 80, 2_000
SHOWN = (Topic.FLOOR, Topic.TEAM)


@transaction.atomic
def ask_for_floor(*, meeting_id: UUID, person: Person, clock: Clock) -> SpeakingTurn:
    """Twice is once: a hand that is up stays where it is."""
    meeting = hold_live(meeting_id)
    came = attendance_of(meeting.pk, person)
    if came is None or came.seat == Seat.LATER:
        raise NotAllowed(_("Entrez d’abord dans la rencontre, dans la salle ou à distance."))
    up = SpeakingTurn.objects.filter(
        meeting=meeting, attendance=came, state__in=(State.WAITING, State.SPEAKING)
    )
    if turn := up.first():
        return turn
    _refuse_if_full(meeting_id)
    turn = SpeakingTurn.objects.create(
        meeting=meeting,
        attendance=came,
        name=came.name,
        seat=came.seat,
        gender=came.gender,
        asked_at=clock.now(),
    )
    touch(meeting.pk, *SHOWN)
    return turn


@transaction.atomic
def raise_hand(
    *, meeting_id: UUID, name: str, clock: Clock, seat: Seat = Seat.ROOM, gender: Gender = Gender.UNSAID
) -> SpeakingTurn:
    """For someone who has no screen: a facilitator says how she is called, « la dame au deuxième rang »."""
    meeting = hold_live(meeting_id)
    called = clean_line(name)[:NAME_LIMIT]
    if not called:
        raise Refusal(_("Dites comment appeler cette personne : son prénom, sa place."), field="name")
    up = SpeakingTurn.objects.filter(
        meeting=meeting, attendance=None, state=State.WAITING, name__iexact=called
    )
    if up.exists():
        raise Conflict(_("Cette personne est déjà dans la file."))
    _refuse_if_full(meeting_id)
    turn = SpeakingTurn.objects.create(
        meeting=meeting, name=called, seat=seat, gender=gender, asked_at=clock.now()
    )
    touch(meeting.pk, *SHOWN)
    return turn


def _refuse_if_full(meeting_id: UUID) -> None:
    if SpeakingTurn.objects.filter(meeting=meeting_id, state=State.WAITING).count() >= MOST_WAITING:
        raise Conflict(_("La file est pleine : posez votre question par écrit, elle aura sa réponse."))


@transaction.atomic
def withdraw_turn(*, meeting_id: UUID, person: Person | None = None, turn_id: UUID | None = None) -> None:
    """Her own hand, or (``turn_id``) one that a facilitator lowers. Nothing to lower is no fault."""
    meeting = hold_live(meeting_id)
    waiting = SpeakingTurn.objects.filter(meeting=meeting, state=State.WAITING)
    if turn_id is not None:
        waiting = waiting.filter(pk=turn_id)
    else:
        came = attendance_of(meeting.pk, person)
        waiting = waiting.filter(attendance=came) if came else waiting.none()
    if waiting.update(state=State.GONE, name=""):
        touch(meeting.pk, *SHOWN)
