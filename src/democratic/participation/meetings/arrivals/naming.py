"""Names of those who came: gone once it is over, but of who agreed to be named, and may take it back."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from democratic.participation.meetings.arrivals.models import Attendance
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import bump_pages_of
from democratic.thread.models import Record


def erase_unlisted_names(meeting: Meeting) -> None:
    """In the caller's transaction."""
    Attendance.objects.filter(meeting=meeting, is_listed=False).exclude(name="").update(name="")


@transaction.atomic
def stop_naming(*, meeting: Meeting, person: Person) -> None:
    """Under any name of hers; asked twice, it is done."""
    hers = Attendance.objects.filter(meeting=meeting, person__in=person_and_claimed(person), is_listed=True)
    if hers.update(is_listed=False, name=""):
        bump_pages_of(meeting.record)


def records_that_name(attendances: QuerySet[Attendance]) -> Iterable[Record]:
    """The meetings whose pages show a name of these."""
    naming = attendances.filter(is_listed=True).exclude(name="").order_by().values("meeting")
    return Record.objects.filter(pk__in=naming)
