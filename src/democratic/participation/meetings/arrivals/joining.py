"""The six digits by which one comes in, and coming in."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.limits import Limit, keyed_hash, spend
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.arrivals.models import Attendance, Gender, Seat
from democratic.participation.meetings.arrivals.queries import attendance_of
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.running_now import is_open_to_come
from democratic.participation.meetings.states import MeetingState
from democratic.people.models import Person

DIGITS, NAME_LIMIT = 6, 80
# Codes that are typed, right or wrong, of one network: a whole school comes in behind one address, each pupil mistyping
# twice; to find one code of a million would take days. Who scanned the QR shows it, and spends nothing.
TYPED_CODES = Limit("join-codes", 1_200, 600)


def take_back_join_code(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(join_code="")
    meeting.join_code = ""


def seal_of(code: str) -> str:
    """What a QR carries beside its code: whoever shows it read the code, and did not guess it."""
    return keyed_hash("join-code", code)[:8]


def spend_a_guess(network: str, code: str, seal: str) -> None:
    """Outside any transaction, before the code is looked for: TooMany past the network's bound."""
    if not secrets.compare_digest(seal.encode(), seal_of(code).encode()):
        spend(TYPED_CODES, network)


@dataclass(frozen=True, slots=True)
class Coming:
    """By which seat, and what she wants to say of herself: nothing is required."""

    seat: Seat
    name: str = ""
    gender: Gender = Gender.UNSAID
    is_listed: bool = False


@transaction.atomic
def take_seat(*, meeting_id: UUID, person: Person, coming: Coming, clock: Clock) -> Attendance:
    """Twice is once: what she says last stands. She who is here already keeps her moment."""
    meeting = Meeting.objects.select_related("record").get(pk=meeting_id)
    now = clock.now()
    if coming.seat == Seat.LATER:
        if meeting.record.state not in (MeetingState.CLOSED, MeetingState.HELD):
            raise Refusal(_("En différé, on vient une fois la rencontre terminée."), field="seat")
    elif not is_open_to_come(meeting, now):
        raise Conflict(_("On n’entre pas dans cette rencontre pour le moment."))
    known = attendance_of(meeting.pk, person)
    said = {
        "seat": known.seat if known and coming.seat == Seat.LATER else coming.seat,
        "name": clean_line(coming.name)[:NAME_LIMIT],
        "gender": coming.gender,
        # Without a name there is nothing to list.
        "is_listed": coming.is_listed and bool(clean_line(coming.name)),
    }
    hers = known.person_id if known else person.pk
    came, _is_new = Attendance.objects.update_or_create(
        meeting=meeting, person_id=hers, defaults=said, create_defaults={**said, "joined_at": now}
    )
    touch(meeting.pk, Topic.STATE)
    return came
