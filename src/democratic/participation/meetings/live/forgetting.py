"""A day after a meeting nobody's screen needs what it was told: its last number alone stays, without a word."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from democratic.participation.meetings.live.models import LiveEvent

KEPT = timedelta(days=1)


@transaction.atomic
def forget_old_events() -> int:
    """Of meetings that nothing was told of for a day; the number stays, so that a later one is not given twice."""
    recent = LiveEvent.objects.filter(meeting=OuterRef("meeting"), at__gte=Now() - KEPT)
    newer = LiveEvent.objects.filter(meeting=OuterRef("meeting"), number__gt=OuterRef("number"))
    old = LiveEvent.objects.filter(~Exists(recent), meeting__ends_at__lt=Now() - KEPT)
    gone, _each = old.filter(Exists(newer)).delete()
    return gone + LiveEvent.objects.filter(~Exists(recent), meeting__ends_at__lt=Now() - KEPT).exclude(
        said={}
    ).update(said={})
