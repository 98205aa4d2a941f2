"""Who is here: how many by each seat for everyone, names of those who agreed, and one's own row."""

from uuid import UUID

from django.db.models import Count

from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.rules import Viewer, visible_records


def attendance_of(meeting_id: UUID, person: Person | None) -> Attendance | None:
    """Under any name of hers."""
    if person is None:
        return None
    hers = Attendance.objects.filter(meeting=meeting_id, person__in=person_and_claimed(person))
    return hers.order_by("joined_at", "pk").first()


def present_by_seat(meeting: Meeting) -> dict[str, int]:
    """Of those who came in, each seat of the meeting first, with 0 where nobody came."""
    came = Attendance.objects.filter(meeting=meeting).values_list("seat").annotate(n=Count("pk")).order_by()
    counts = {str(seat): n for seat, n in came}
    seats = [seat for seat in (Seat.ROOM, Seat.REMOTE, Seat.LATER) if seat in meeting.seats or seat in counts]
    return {seat.value: counts.get(seat.value, 0) for seat in seats}


def listed_names(meeting: Meeting, *, limit: int) -> tuple[list[str], int]:
    """Of those who said yes to it; and how many they are."""
    agreed = Attendance.objects.filter(meeting=meeting, is_listed=True).exclude(name="")
    return list(agreed.order_by("name", "pk").values_list("name", flat=True)[:limit]), agreed.count()


def meeting_of_code(viewer: Viewer, code: str) -> Meeting | None:
    """The meeting whose six digits these are; None for one that never was, is over, is elsewhere or is not for her: they
    look alike.
    """
    found = Meeting.objects.filter(join_code=code, record__in=visible_records(viewer))
    return found.exclude(join_code="").select_related("record__wording", "record__authority").first()
