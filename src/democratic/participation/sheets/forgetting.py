"""A sheet has served when its drafts are written; who sent it is not kept for ever."""

from datetime import timedelta

from django.db.models.functions import Now

from democratic.kernel.data_classes import DRAFTING
from democratic.participation.sheets.models import AnswerSheet


def forget_old_sheets() -> int:
    """How many went, with their lines: the drafts that they wrote stay."""
    sent = Now() - timedelta(days=DRAFTING.term.length)
    old = AnswerSheet.objects.filter(received_at__lt=sent)
    gone = old.count()
    old.delete()
    return gone
