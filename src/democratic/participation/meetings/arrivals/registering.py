"""Registering for a meeting, without an account: a place, or a rank in the waiting list, and a way back to it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.arrivals.models import Registration, Seat
from democratic.participation.meetings.arrivals.places import (
    SEATS,
    TIME_TO_CONFIRM,
    confirm_before,
    lock_places,
    offer_places,
    places_of,
    show_places,
)
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.people.models import Person
from democratic.thread.models import Visibility

State = Registration.State
NAME_LIMIT, NEEDS_LIMIT = 80, 200


class RegistrationClosed(Conflict):
    """Nobody registers now."""


class AlreadyRegistered(Conflict):
    """She is: she changes it rather."""


@dataclass(frozen=True, slots=True)
class Wish:
    """``name``: how she is called at the door; ``needs``: what helps to welcome her. Both may be empty."""

    seat: Seat
    name: str = ""
    needs: str = ""

    def columns(self, meeting: Meeting) -> dict[str, str]:
        if self.seat not in SEATS or self.seat not in meeting.seats:
            raise Refusal(_("Choisissez comment vous viendrez."), field="seat")
        return {
            "seat": str(self.seat),
            "name": clean_line(self.name)[:NAME_LIMIT],
            "needs": clean_line(self.needs)[:NEEDS_LIMIT],
        }


def way_back(registration: Registration) -> str:
    """The secret of her link, made again from the row and the installation's key: messages carry it too.

    The same whatever the zone of the clock that told the moment: the database gives it back in UTC.
    """
    return keyed_hash("way-back", str(registration.pk), registration.asked_at.astimezone(UTC).isoformat())[
        :32
    ]


def hash_of(secret: str) -> str:
    return keyed_hash("registration", secret)


def takes_registrations(meeting: Meeting, now: datetime) -> bool:
    record = meeting.record
    return (
        meeting.takes_registrations
        and record.visibility == Visibility.PUBLIC
        and record.state == MeetingState.ANNOUNCED
        and not hasattr(record, "withdrawal")
        and now < meeting.starts_at
    )


@transaction.atomic
def register(*, meeting: Meeting, person: Person, wish: Wish, clock: Clock) -> Registration:
    """A place if one is free and nobody waits for it; else a rank in the list. First come, first served."""
    locked = lock_places(meeting.pk)
    now = clock.now()  # after the lock: ranks are in the order of the clock
    _refuse_unless_taken(locked, now)
    said = wish.columns(locked)
    known = Registration.objects.filter(meeting=locked, person=person).first()
    if known is not None and known.state != State.GIVEN_UP:
        raise AlreadyRegistered(_("Vous êtes déjà inscrite ou inscrit à cette rencontre."))
    row = known or Registration(meeting=locked, person=person)
    for name, value in said.items():
        setattr(row, name, value)
    row.state = State.WAITING if places_of(locked)[wish.seat].is_full else State.KEPT
    row.asked_at, row.offered_at, row.reminded_at = now, None, None
    row.secret_hash = hash_of(way_back(row))
    row.save()
    show_places(locked)
    return row


@transaction.atomic
def change_registration(*, registration: Registration, wish: Wish, clock: Clock) -> Registration:
    """Her name, what she needs, her seat. She loses no place: to change seats, the other must be free."""
    meeting, row = _locked(registration)
    now = clock.now()
    _refuse_unless_taken(meeting, now)
    if row.state == State.GIVEN_UP:
        raise Conflict(_("Cette inscription est annulée. Vous pouvez vous inscrire de nouveau."))
    said = wish.columns(meeting)
    moves = said["seat"] != row.seat
    if moves and places_of(meeting)[wish.seat].is_full:
        raise Conflict(_("Il n’y a plus de place de ce côté : la vôtre reste gardée."), field="seat")
    if moves:
        row.state, row.offered_at = State.KEPT, None
    for name, value in said.items():
        setattr(row, name, value)
    row.save(update_fields=[*said, "state", "offered_at"])
    if moves:
        offer_places(meeting.pk, now)
    return row


@transaction.atomic
def confirm_place(*, registration: Registration, clock: Clock) -> Registration:
    """She takes the place that she was offered. Twice is once."""
    meeting, row = _locked(registration)
    if row.state == State.KEPT:
        return row
    until = confirm_before(row, meeting)
    if until is None or clock.now() >= until:
        raise Conflict(_("Cette place n’est plus gardée pour vous. Inscrivez-vous de nouveau."))
    row.state = State.KEPT
    row.save(update_fields=["state"])
    return row


@transaction.atomic
def give_up(*, registration: Registration, clock: Clock) -> None:
    """Her place goes to the next one who waits. What she said of herself goes at once."""
    meeting, row = _locked(registration)
    row.state, row.offered_at, row.name, row.needs = State.GIVEN_UP, None, "", ""
    row.save(update_fields=["state", "offered_at", "name", "needs"])
    offer_places(meeting.pk, clock.now())


def lapse_offers(now: datetime) -> int:
    """Offers that nobody confirmed in time: each place goes to the next one. Returns how many lapsed."""
    over = Registration.objects.filter(state=State.WAITING, offered_at__lte=now - TIME_TO_CONFIRM)
    meetings = set(over.values_list("meeting", flat=True))
    return sum(_lapse(meeting, now) for meeting in sorted(meetings))


@transaction.atomic
def _lapse(meeting_id: UUID, now: datetime) -> int:
    lock_places(meeting_id)
    over = Registration.objects.filter(
        meeting=meeting_id, state=State.WAITING, offered_at__lte=now - TIME_TO_CONFIRM
    )
    lapsed = over.update(state=State.GIVEN_UP, offered_at=None, name="", needs="")
    offer_places(meeting_id, now)
    return lapsed


def _locked(registration: Registration) -> tuple[Meeting, Registration]:
    meeting = lock_places(registration.meeting_id)
    return meeting, Registration.objects.get(pk=registration.pk)


def _refuse_unless_taken(meeting: Meeting, now: datetime) -> None:
    if not takes_registrations(meeting, now):
        raise RegistrationClosed(_("Les inscriptions à cette rencontre sont closes."))
