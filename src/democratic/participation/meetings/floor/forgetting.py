"""What time takes of who came, and of how they were called to the floor."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from democratic.kernel.data_classes import ATTENDANCE
from democratic.participation.meetings.arrivals.models import Attendance
from democratic.participation.meetings.floor.models import SpeakingTurn

_TERM = ATTENDANCE.terms[1]


@transaction.atomic
def forget_old_attendances() -> int:
    """Turns stay, without a name: how long each group spoke is public, and stays."""
    over = Now() - timedelta(days=_TERM.length)
    SpeakingTurn.objects.filter(meeting__ends_at__lt=over).exclude(name="").update(name="")
    old = Attendance.objects.filter(meeting__ends_at__lt=over)
    gone = old.count()
    old.delete()
    return gone
