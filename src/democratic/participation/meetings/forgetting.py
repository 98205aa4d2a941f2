"""What time takes of who came: first that one meant to, long after that one did. And what one takes away oneself."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from democratic.kernel.clock import Clock
from democratic.kernel.data_classes import ATTENDANCE
from democratic.participation.meetings.arrivals.models import Attendance, Registration
from democratic.participation.meetings.arrivals.naming import records_that_name
from democratic.participation.meetings.arrivals.places import offer_places
from democratic.participation.meetings.floor.models import FloorOverride, SpeakingTurn
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.models import Meeting, MeetingTeamMember
from democratic.thread.actions import bump_pages_of

_BEFORE, _AFTER = ATTENDANCE.terms


def _over_since(days: int) -> QuerySet[Meeting]:
    return Meeting.objects.filter(ends_at__lt=Now() - timedelta(days=days))


@transaction.atomic
def forget_old_registrations() -> int:
    gone, _of = Registration.objects.filter(meeting__in=_over_since(_BEFORE.length)).delete()
    return gone


@transaction.atomic
def forget_old_attendances() -> int:
    """Turns stay, without a name: how long each group spoke is public, and stays."""
    over = _over_since(_AFTER.length)
    SpeakingTurn.objects.filter(meeting__in=over).exclude(name="").update(name="")
    old = Attendance.objects.filter(meeting__in=over)
    gone = old.count()
    _forget(old)
    return gone


@transaction.atomic
def part_with_attendance(*, person_ids: Collection[UUID], clock: Clock) -> None:
    """That she registered, came, spoke, or helped to run it. A place that she kept goes to who waits."""
    hers = Registration.objects.filter(person__in=person_ids)
    meetings = sorted(set(hers.values_list("meeting", flat=True)))
    hers.delete()
    for meeting_id in meetings:
        offer_places(meeting_id, clock.now())
    _forget(Attendance.objects.filter(person__in=person_ids))
    MeetingTeamMember.objects.filter(person__in=person_ids).delete()
    FloorOverride.objects.filter(by__in=person_ids).update(by=None)


def _forget(attendances: QuerySet[Attendance]) -> None:
    turns = SpeakingTurn.objects.filter(attendance__in=attendances.values("pk"))
    told = list(turns.values_list("meeting", flat=True).distinct())
    turns.filter(state=SpeakingTurn.State.WAITING).update(state=SpeakingTurn.State.GONE)
    turns.update(name="", gender="")
    for meeting_id in told:  # her name leaves the screens too
        touch(meeting_id, Topic.STATE, Topic.FLOOR, Topic.TEAM)
    naming = list(records_that_name(attendances))
    attendances.delete()
    for record in naming:
        bump_pages_of(record)
