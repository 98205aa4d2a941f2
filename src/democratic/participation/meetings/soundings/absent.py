"""Who was not there comes later: a seat of its own, without an account."""

from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed


@transaction.atomic
def come_later(*, meeting: Meeting, person: Person, clock: Clock) -> None:
    """Who came already, by any seat and under any name of hers, stays where she was."""
    if Attendance.objects.filter(meeting=meeting, person__in=person_and_claimed(person)).exists():
        return
    late = Attendance(meeting=meeting, person=person, seat=Seat.LATER, joined_at=clock.now())
    Attendance.objects.bulk_create([late], ignore_conflicts=True)
