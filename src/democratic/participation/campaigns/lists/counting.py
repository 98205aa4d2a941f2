"""What became of the messages of a wave: counted while it is followed, then kept as numbers alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from democratic.messaging.models import OutgoingMessage
from democratic.participation.campaigns.lists.models import ListedAddress, ListWave

State = OutgoingMessage.State
FOLLOWED = timedelta(days=7)  # providers tell late; after that, nothing is asked of its messages any more
WAITING = (State.QUEUED, State.SENDING, State.WINDOW)


@dataclass(frozen=True, slots=True)
class Fates:
    """Messages of a wave. ``waiting``: written and not left; ``to_write``: people whose message is not written yet.

    ``next_at``: when the first that waits may leave. ``reasons``: why those that did not leave have not, and how many.
    """

    sent: int = 0
    delivered: int = 0
    failed: int = 0
    stopped: int = 0
    waiting: int = 0
    to_write: int = 0
    next_at: datetime | None = None
    reasons: Sequence[tuple[str, int]] = ()


def fates_of(wave: ListWave) -> Fates:
    """As they are now; the kept numbers, once they are settled."""
    if wave.is_settled:
        return Fates(wave.sent, wave.delivered, wave.failed, wave.stopped)
    messages = messages_of(wave)
    counted = messages.aggregate(
        sent=Count("pk", filter=Q(state=State.SENT)),
        delivered=Count("pk", filter=Q(state=State.SENT, delivered_at__isnull=False)),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
    )
    waits = messages.filter(state=State.QUEUED, not_before__isnull=False).order_by("not_before")
    told = messages.exclude(state=State.SENT).exclude(reason="").values_list("reason")
    return Fates(
        **counted,
        stopped=_stopped_since(wave),
        to_write=to_write(wave).count(),
        next_at=waits.values_list("not_before", flat=True).first(),
        reasons=list(told.annotate(n=Count("pk")).order_by("-n", "reason")[:20]),
    )


def messages_of(wave: ListWave) -> QuerySet[OutgoingMessage]:
    """One of each person: a text that is cut in two is one message."""
    listed = ListedAddress.objects.filter(address_list=wave.address_list_id)
    return OutgoingMessage.objects.filter(
        correspondent__in=listed.values("correspondent"), purpose=wave.purpose
    )


def to_write(wave: ListWave) -> QuerySet[ListedAddress]:
    """People of the list who may be written to, and have no message of this wave."""
    written = messages_of(wave).values("correspondent")
    may_be = Q(correspondent__stopped_at=None, correspondent__gone_at=None)
    return (
        ListedAddress.objects.filter(may_be, address_list=wave.address_list_id)
        .exclude(correspondent__address="")
        .exclude(correspondent__in=written)
    )


def _stopped_since(wave: ListWave) -> int:
    """Who said STOP since the list was given, here or by another door, and to whom this wave did not leave."""
    reached = messages_of(wave).filter(state=State.SENT).values("correspondent")
    held_back = messages_of(wave).filter(state=State.STOPPED).values("correspondent")
    said = Q(correspondent__stopped_at__isnull=False) | Q(correspondent__in=held_back)
    stopped = ListedAddress.objects.filter(said, address_list=wave.address_list_id)
    return stopped.exclude(correspondent__in=reached).count()


def recount(wave: ListWave) -> Fates:
    fates = fates_of(wave)
    if not wave.is_settled:
        ListWave.objects.filter(pk=wave.pk).update(
            sent=fates.sent, delivered=fates.delivered, failed=fates.failed, stopped=fates.stopped
        )
    return fates


def settle(wave: ListWave, now: datetime) -> None:
    """Its numbers are final: it ends, if it had not."""
    recount(wave)
    going = wave.over_at is None
    ended = {"state": ListWave.State.ENDED, "over_at": now} if going else {}
    ListWave.objects.filter(pk=wave.pk).update(is_settled=True, **ended)
