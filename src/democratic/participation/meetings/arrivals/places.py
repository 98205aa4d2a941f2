"""How many seats there are, how many are taken, and whose turn it is when one is free."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from democratic.kernel import pages
from democratic.participation.meetings.arrivals.models import Registration, Seat
from democratic.participation.meetings.models import Meeting

State = Registration.State
# One registers for these two: *en différé*, there is room for everyone.
SEATS = (Seat.ROOM, Seat.REMOTE)
TIME_TO_CONFIRM = timedelta(hours=48)
_OFFERED = Q(state=State.WAITING, offered_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Places:
    """Of one seat. ``capacity`` None: nobody counts. An offered place is taken as long as its offer runs."""

    capacity: int | None
    taken: int
    waiting: int

    @property
    def left(self) -> int | None:
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        """Someone who comes now waits: there is no seat, or others wait for it."""
        return self.capacity is not None and (self.waiting > 0 or self.left == 0)


def capacity_of(meeting: Meeting, seat: str) -> int | None:
    return meeting.room_capacity if seat == Seat.ROOM else meeting.remote_capacity


def places_of(meeting: Meeting) -> dict[Seat, Places]:
    """Of each seat for which one may register. One query."""
    counted = {
        row["seat"]: row
        for row in Registration.objects.filter(meeting=meeting)
        .values("seat")
        .annotate(
            taken=Count("pk", filter=Q(state=State.KEPT) | _OFFERED),
            waiting=Count("pk", filter=Q(state=State.WAITING, offered_at=None)),
        )
        .order_by()
    }
    none = {"taken": 0, "waiting": 0}
    return {
        seat: Places(capacity_of(meeting, seat), found["taken"], found["waiting"])
        for seat in SEATS
        if seat in meeting.seats
        for found in (counted.get(seat, none),)
    }


def lock_places(meeting_id: UUID) -> Meeting:
    """Whoever takes or gives back a place of this meeting comes one after the other."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    return Meeting.objects.select_related("record__authority", "record__withdrawal").get(pk=meeting_id)


def offer_places(meeting_id: UUID, now: datetime) -> int:
    """Each free seat goes to who waits longest, who is told and confirms. None once it began. Returns how many."""
    meeting = lock_places(meeting_id)
    offered = 0
    if now < meeting.starts_at:
        offered = sum(_offer(meeting, seat, places, now) for seat, places in places_of(meeting).items())
    show_places(meeting)
    return offered


def show_places(meeting: Meeting) -> None:
    """The page of the meeting says how many are left: it is stale. Last, as rows are locked."""
    pages.bump([meeting.process_id or meeting.pk])


def _offer(meeting: Meeting, seat: Seat, places: Places, now: datetime) -> int:
    if not places.waiting:
        return 0
    line = Registration.objects.filter(meeting=meeting, seat=seat, state=State.WAITING, offered_at=None)
    ranked = line.order_by("asked_at", "pk").values_list("pk", flat=True)
    turn = list(ranked if places.left is None else ranked[: places.left])
    return Registration.objects.filter(pk__in=turn).update(offered_at=now)


def confirm_before(registration: Registration, meeting: Meeting) -> datetime | None:
    """Until when the place that she is offered is kept for her; None when none is."""
    if registration.state != State.WAITING or registration.offered_at is None:
        return None
    return min(registration.offered_at + TIME_TO_CONFIRM, meeting.starts_at)
