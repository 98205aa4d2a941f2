"""A person leaves the meetings that she came to: what she is to them goes, how long her group spoke stays."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from democratic.participation.meetings.arrivals.models import Attendance
from democratic.participation.meetings.floor.models import FloorOverride, SpeakingTurn
from democratic.participation.meetings.models import MeetingTeamMember


@transaction.atomic
def leave_meetings(*, person_ids: Collection[UUID]) -> None:
    hers = SpeakingTurn.objects.filter(attendance__person__in=person_ids)
    hers.filter(state=SpeakingTurn.State.WAITING).update(state=SpeakingTurn.State.GONE)
    hers.update(name="", gender="")
    Attendance.objects.filter(person__in=person_ids).delete()
    MeetingTeamMember.objects.filter(person__in=person_ids).delete()
    FloorOverride.objects.filter(by__in=person_ids).update(by=None)
