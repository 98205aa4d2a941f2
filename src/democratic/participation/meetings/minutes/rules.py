"""What a version of the minutes allows now."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict, NotAllowed
from democratic.participation.meetings.arrivals.models import Attendance
from democratic.participation.meetings.minutes.models import Amendment, Minutes
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed


def is_over(meeting: Meeting, now: datetime) -> bool:
    return meeting.closed_at is not None or (meeting.opened_at is None and meeting.ends_at <= now)


def has_begun(meeting: Meeting, now: datetime) -> bool:
    return meeting.opened_at is not None or meeting.starts_at <= now


def is_contestable(minutes: Minutes, now: datetime) -> bool:
    return (
        minutes.state == Minutes.State.PROPOSED
        and minutes.contested_until is not None
        and now < minutes.contested_until
    )


def was_there(meeting: Meeting, person: Person) -> bool:
    """By any of the three seats, under any name of hers."""
    return Attendance.objects.filter(meeting=meeting, person__in=person_and_claimed(person)).exists()


def refuse_unless_she_was_there(meeting: Meeting, person: Person) -> None:
    if not was_there(meeting, person):
        raise NotAllowed(
            _(
                "Seules les personnes qui ont pris part à la rencontre, dans la salle, à distance ou en différé,"
                " peuvent demander une correction."
            )
        )


def refuse_unless_over(meeting: Meeting, now: datetime) -> None:
    if not is_over(meeting, now):
        raise Conflict(_("La rencontre n’est pas terminée : son compte rendu attend la fin."))


def waiting_amendments(meeting: Meeting) -> int:
    return Amendment.objects.filter(minutes__meeting=meeting, state=Amendment.State.ASKED).count()
