"""Questions whose published totals are no longer those of their rows or of the journal: found by night, told by /metrics."""

from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.participation.polls.models import Poll
from democratic.participation.polls.queries import drifting_polls


@transaction.atomic
def note_drifts(clock: Clock) -> list[str]:
    """Their codes. Since when is kept as long as it lasts; what is right again is no longer told."""
    codes, now = drifting_polls(), clock.now()
    Poll.objects.filter(record__code__in=codes, drifting_since=None).update(drifting_since=now)
    Poll.objects.exclude(record__code__in=codes).exclude(drifting_since=None).update(drifting_since=None)
    return codes


def count_drifting() -> int:
    """As the last night found them."""
    return Poll.objects.exclude(drifting_since=None).count()
