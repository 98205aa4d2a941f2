"""A screen in a hall forgets who leaves it: whoever comes next reads nothing of hers, and goes on with nothing."""

from datetime import datetime

from django.db import transaction

from democratic.messaging.correspondents import note_gone_at, print_of_address
from democratic.messaging.models import ChannelKind
from democratic.participation.conversations.models import FlowRun
from democratic.participation.conversations.running import see_off
from democratic.participation.conversations.states import RunState
from democratic.thread.models import Authority


@transaction.atomic
def leave_screen(*, authority: Authority, address: str, now: datetime) -> None:
    """What she answered stays, as that of who closes a page. Nothing, when nobody was there."""
    kind = ChannelKind.KIOSK
    hers = FlowRun.objects.filter(
        correspondent__authority=authority,
        correspondent__kind=kind,
        correspondent__address_print=print_of_address(kind, address),
        correspondent__gone_at=None,
    )
    runs = list(hers.select_related("correspondent"))
    FlowRun.objects.filter(pk__in=[run.pk for run in runs], state=RunState.OPEN).update(
        state=RunState.LEFT, due_at=None
    )
    note_gone_at(authority=authority, kind=kind, address=address, now=now)
    for run in runs:
        if run.correspondent is not None:
            run.correspondent.is_told = False
            see_off(run, run.correspondent)
