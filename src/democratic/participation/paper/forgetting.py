"""A pile that was told has served: its rows and its pictures are not kept for ever, nor one that nobody finishes."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from democratic.kernel.data_classes import PAPER
from democratic.participation.paper.models import PaperBatch, PaperRow, ScanFile
from democratic.participation.paper.states import BatchState


def forget_old_paper() -> int:
    """How many piles let their rows and scans go. What they told stays: contributions, tallies, their own line."""
    before = Now() - timedelta(days=PAPER.term.length)
    over = PaperBatch.objects.filter(Q(counted_at__lt=before) | Q(counted_at=None, opened_at__lt=before))
    old = list(
        over.filter(Q(rows__isnull=False) | Q(scans__isnull=False)).values_list("pk", flat=True).distinct()
    )
    ScanFile.objects.filter(batch__in=old).delete()
    PaperRow.objects.filter(batch__in=old).delete()
    PaperBatch.objects.filter(pk__in=old).exclude(state=BatchState.COUNTED).delete()
    return len(old)
