"""What providers tell afterwards of what we sent: in any order, more than once, and sometimes before they answered us."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.messaging.correspondents import note_gone
from democratic.messaging.models import OutgoingMessage
from democratic.messaging.ports import Fate
from democratic.thread.models import Authority

State = OutgoingMessage.State
# Left, or on its way: what is said of any other comes too late.
_LEFT = (State.SENDING, State.SENT)


@transaction.atomic
def note_fates(authority: Authority, kind: str, fates: Sequence[Fate]) -> int:
    """How many told something new. Delivered once is delivered: no failure that is told after it holds."""
    return sum(_note(authority, kind, fate) for fate in fates)


def _note(authority: Authority, kind: str, fate: Fate) -> int:
    try:
        pk = UUID(hex=fate.name)
    except ValueError:
        return 0
    of_ours = OutgoingMessage.objects.filter(pk=pk, authority=authority, correspondent__kind=kind)
    if fate.is_delivered:
        # A failure that was told before it, out of order, was of an attempt: it arrived.
        known = of_ours.filter(delivered_at=None, state__in=(*_LEFT, State.FAILED))
        now = DATABASE_CLOCK.now()
        return known.update(delivered_at=now, sent_at=Coalesce("sent_at", now), state=State.SENT, reason="")
    unknown = of_ours.filter(delivered_at=None, state__in=_LEFT)
    told = unknown.update(state=State.WINDOW if fate.is_shut else State.FAILED, reason=fate.reason[:300])
    if told and fate.is_gone:
        _note_gone(of_ours)
    return told


def _note_gone(of_ours: "QuerySet[OutgoingMessage]") -> None:
    """Told once, of the one to whom that message went: whoever wrote from there since is someone else."""
    message = of_ours.select_related("correspondent").get()
    if message.correspondent is not None and message.correspondent.gone_at is None:
        note_gone(message.correspondent, now=DATABASE_CLOCK.now())
