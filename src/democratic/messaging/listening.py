"""What providers hold for us: each channel that is asked is asked in its turn, from where it was left."""

import logging

from django.db import connection, transaction

from democratic.messaging.accounts import AccountsUnreadable, account_of
from democratic.messaging.incoming import accept
from democratic.messaging.models import ChannelUse
from democratic.messaging.ports import Later, Polled, channel_of

logger = logging.getLogger(__name__)
_LOCK = 0x115731  # the first key of the advisory locks of channels that are asked


def listen() -> int:
    """How many messages were new. A provider that does not answer stops none of the others."""
    uses = ChannelUse.objects.filter(is_open=True).select_related("authority").order_by("pk")
    return sum(_listen_to(use) for use in uses if hasattr(channel_of(use.kind), "receive"))


def _listen_to(use: ChannelUse) -> int:
    """What came and up to where it was read are kept together: killed in between, it is asked again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [_LOCK, use.pk.int % 2**31])
        if not cursor.fetchone()[0]:
            return 0
        channel: Polled = channel_of(use.kind)  # type: ignore[assignment]
        since = ChannelUse.objects.values_list("cursor", flat=True).get(pk=use.pk)
        try:
            arrived, now_at = channel.receive(account_of(use.authority.slug, use.kind), since)
        except (Later, AccountsUnreadable) as wait:
            logger.warning("channel %s can't be asked: %s", use.kind, wait)
            return 0
        except Exception:  # a fault of the connector's own: the other channels are asked all the same
            logger.exception("the connector of %s failed", use.kind)
            return 0
        new = accept(use.authority, use.kind, arrived)
        if now_at != since:
            ChannelUse.objects.filter(pk=use.pk).update(cursor=now_at)
        return new
