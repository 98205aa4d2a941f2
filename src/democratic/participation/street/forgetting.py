from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.data_classes import STREET
from democratic.participation.commitments.actions import throw_words_away
from democratic.participation.street.files import let_go
from democratic.participation.street.models import StreetCapture

_WAITING = (StreetCapture.State.RECEIVED, StreetCapture.State.ASKED, StreetCapture.State.SET_ASIDE)


@transaction.atomic
def forget_old_captures() -> int:
    """What was not published within its term: its words, voices and photos go; that something was said stays."""
    old = StreetCapture.objects.filter(
        received_at__lt=Now() - timedelta(days=STREET.term.length), state__in=_WAITING
    ).exclude(payload={})
    found = list(old.select_for_update())
    let_go(found, now=DATABASE_CLOCK.now())
    drafts = [each.record_id for each in found if each.record_id]
    forgotten = StreetCapture.objects.filter(pk__in=[each.pk for each in found]).update(
        payload={}, record=None
    )
    throw_words_away(drafts)
    return forgotten
