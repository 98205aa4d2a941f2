"""What time takes of who came: first that one meant to, long after that one did."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from democratic.kernel.data_classes import ATTENDANCE
from democratic.participation.meetings.arrivals.models import Attendance, Registration
from democratic.participation.meetings.models import Meeting

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
    old = Attendance.objects.filter(meeting__in=_over_since(_AFTER.length))
    gone = old.count()
    old.delete()
    return gone
