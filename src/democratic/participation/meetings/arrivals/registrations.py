"""Reads of registrations: hers by her secret or by who she is; all of them for who prepares the meeting."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from democratic.participation.meetings.arrivals.models import Registration
from democratic.participation.meetings.arrivals.registering import hash_of
from democratic.participation.meetings.arrivals.reminding import reminder_moment
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.people.models import Person

State = Registration.State
# A reminder leaves the day before, or earlier when that day is off: no feast lasts so long.
_FARTHEST = timedelta(days=8)


def registration_by_secret(meeting: Meeting, secret: str) -> Registration | None:
    return Registration.objects.filter(meeting=meeting, secret_hash=hash_of(secret)).first()


def registration_of(meeting: Meeting, person: Person | None) -> Registration | None:
    """Hers, unless she gave it up."""
    if person is None:
        return None
    running = Registration.objects.filter(meeting=meeting, person=person).exclude(state=State.GIVEN_UP)
    return running.first()


def registrations(meeting: Meeting, *, offset: int, limit: int) -> tuple[list[Registration], int]:
    """For who welcomes: kept first, then the waiting list in its order; those given up are not there."""
    running = Registration.objects.filter(meeting=meeting).exclude(state=State.GIVEN_UP)
    found = running.order_by("state", "seat", "asked_at", "pk")[offset : offset + limit]
    return list(found), running.count()


def registered_people(meeting_id: UUID, states: Collection[str] = (State.KEPT, State.WAITING)) -> set[UUID]:
    """Who is told when the meeting moves or is called off."""
    rows = Registration.objects.filter(meeting=meeting_id, state__in=list(states))
    return set(rows.values_list("person", flat=True))


def to_remind(now: datetime) -> list[Meeting]:
    """Meetings whose reminder is due, and not sent to all."""
    near = Meeting.objects.filter(
        record__state=MeetingState.ANNOUNCED,
        record__withdrawal=None,
        starts_at__gt=now,
        starts_at__lt=now + _FARTHEST,
        registrations__state=State.KEPT,
        registrations__reminded_at=None,
    )
    found = near.select_related("record__wording", "record__authority").distinct()
    return [each for each in found if reminder_moment(each.starts_at, each.record.authority.time_zone) <= now]


def offered_places() -> list[Registration]:
    """Places that someone is offered now, in meetings that are still to come."""
    running = Registration.objects.filter(
        state=State.WAITING, offered_at__isnull=False, meeting__record__state=MeetingState.ANNOUNCED
    )
    return list(running.select_related("meeting__record__wording", "meeting__record__authority", "person"))
