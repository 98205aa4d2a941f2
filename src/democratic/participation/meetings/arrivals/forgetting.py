"""What time takes of who meant to come. Of who came: ``floor.forgetting``."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from democratic.kernel.data_classes import ATTENDANCE
from democratic.participation.meetings.arrivals.models import Registration

_TERM = ATTENDANCE.terms[0]


@transaction.atomic
def forget_old_registrations() -> int:
    over = Now() - timedelta(days=_TERM.length)
    gone, _of = Registration.objects.filter(meeting__ends_at__lt=over).delete()
    return gone
