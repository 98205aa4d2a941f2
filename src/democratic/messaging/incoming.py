"""What connectors receive: kept at once, in one statement, and carried out afterwards, in order and exactly once."""

import json
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.db.models.functions import Now

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.data_classes import INCOMING
from democratic.kernel.ids import uuid7
from democratic.messaging.correspondents import note_gone_at, print_of_address
from democratic.messaging.models import IncomingMessage
from democratic.messaging.ports import Arrived
from democratic.messaging.wiping import WIPED, print_of_name
from democratic.thread.models import Authority

logger = logging.getLogger(__name__)
State = IncomingMessage.State

SHARDS = 16
AT_ONCE = 200
LONGEST = 10_000  # signs of a message; what is beyond is cut, and said to be
LONGEST_REF = 1000  # signs of what a provider calls a photo
MOST_ATTEMPTS = 10  # one a round: a fault that passes within some seconds loses nobody's words
HELD_FOR = timedelta(minutes=30)
_LOCKS = 0x1C0FFEE  # the first key of the advisory locks of shards

_KEEP = """
insert into messaging_incomingmessage
  (id, authority_id, kind, external_id, name, address, text, choice, media, language, shard, state, reason, attempts)
select id, %s, %s, external_id, name, address, text, choice, media, language, shard, 'waiting', '', 0
from jsonb_to_recordset(%s::jsonb) as one(id uuid, external_id text, name text, address text, text text, choice text,
  media jsonb, language text, shard smallint)
on conflict (authority_id, kind, external_id) do nothing
"""
_DUE = "select distinct shard from messaging_incomingmessage where state = 'waiting'"


def accept(authority: Authority, kind: str, arrived: Sequence[Arrived]) -> int:
    """Keep them, in one statement. How many were new: one that comes twice is one."""
    for each in arrived:
        if each.is_gone:
            note_gone_at(authority=authority, kind=kind, address=each.address, now=DATABASE_CLOCK.now())
    rows = [
        {
            "id": str(uuid7()),
            "external_id": print_of_name(kind, each.name),
            "name": _kept(each.name, 250),
            "address": _kept(each.address, 1000),
            "text": _kept(each.text, LONGEST),
            "choice": _kept(each.choice, 90),
            "media": [
                {name: _kept(str(said), LONGEST_REF) for name, said in one.items()} for one in each.media
            ],
            "language": _primary(each.language),
            "shard": _shard_of(kind, each.address),
        }
        for each in arrived
        if not each.is_gone
    ]
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [authority.pk, kind, json.dumps(rows)])
        return cursor.rowcount


def _kept(said: str, most: int) -> str:
    """Without what no database takes: NUL, and halves of a character."""
    return said.encode("utf-8", "ignore").decode().replace("\x00", "")[:most]


def _primary(tag: str) -> str:
    """« pt » of « pt-BR »; nothing of what is no language tag (RFC 5646)."""
    primary = tag.partition("-")[0].lower()
    return primary if primary.isascii() and primary.isalpha() and len(primary) in (2, 3) else ""


Handle = Callable[[IncomingMessage], str]


def carry_out(handle: Handle, *, limit: int = 100) -> int:
    """One batch of each shard that waits and that no other worker has. How many were done with.

    ``handle`` is called in the transaction that marks the message done, and says in which state it is to be left.
    A worker that is killed has done nothing. One message that fails is tried again, then parked: it stops no other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DUE)
        shards = [shard for (shard,) in cursor.fetchall()]
    return sum(_carry_out_shard(shard, handle, limit) for shard in shards)


def carry_out_now(kind: str, address: str, handle: Handle) -> None:
    """What waits from there, for who is looking at her screen: in its turn, with what its shard holds before it."""
    _carry_out_shard(_shard_of(kind, address), handle, AT_ONCE, lock="pg_advisory_xact_lock")


def _shard_of(kind: str, address: str) -> int:
    return int(print_of_address(kind, address)[:4], 16) % SHARDS


def _carry_out_shard(
    shard: int, handle: Handle, limit: int, *, lock: str = "pg_try_advisory_xact_lock"
) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"select {lock}(%s, %s)", [_LOCKS, shard])
        if cursor.fetchone()[0] is False:
            return 0
        waiting = IncomingMessage.objects.select_for_update(of=("self",)).select_related("authority")
        claimed = list(waiting.filter(state=State.WAITING, shard=shard).order_by("pk")[:limit])
        for message in claimed:
            _carry_out_one(message, handle)
        done = [message.pk for message in claimed if message.state == State.DONE]
        IncomingMessage.objects.filter(pk__in=done).update(state=State.DONE, **WIPED)
        left = [message for message in claimed if message.state != State.DONE]
        IncomingMessage.objects.bulk_update(left, ["state", "reason", "attempts"])
    return sum(message.state != State.WAITING for message in claimed)


def _carry_out_one(message: IncomingMessage, handle: Handle) -> None:
    try:
        with transaction.atomic():
            state = handle(message)
    except Exception as fault:  # whatever one message does, the others are carried out
        logger.exception("an incoming message could not be carried out")
        message.attempts += 1
        message.reason = type(fault).__name__
        if message.attempts >= MOST_ATTEMPTS:
            message.state = State.PARKED
        return
    message.state = state


def forget_held_too_long() -> int:
    """Words whose author was asked her age, and did not say it within half an hour: nobody reads them."""
    late = IncomingMessage.objects.filter(state=State.HELD, received_at__lt=Now() - HELD_FOR)
    return late.update(state=State.DONE, **WIPED)


def forget_old_incoming() -> int:
    """What is done or parked, after its term."""
    held = forget_held_too_long()
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from messaging_incomingmessage where state <> 'waiting'"
            " and received_at < now() - %s * interval '1 day'",
            [INCOMING.term.length],
        )
        return held + cursor.rowcount
