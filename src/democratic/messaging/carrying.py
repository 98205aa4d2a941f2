"""Sending over channels: claimed at the pace of the provider, handed over outside any transaction, marked in another.

As for mails (docs/decisions/0006): what was cut while it was being sent is in doubt, and never sent again, unless
the provider delivers once what is sent twice under one name.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F

from democratic.messaging.handing import hand_over
from democratic.messaging.models import ChannelUse, OutgoingMessage
from democratic.messaging.ports import all_channels, capabilities
from democratic.messaging.stopping import stop_what_was_claimed

State = OutgoingMessage.State
BURST = 0.2  # seconds of the provider's rate that leave in one go: in no second does it take a fifth more
_PACE = """
update messaging_channeluse set slot_at = greatest(slot_at, clock_timestamp()) + %s * interval '1 second'
where id = %s and slot_at <= clock_timestamp() returning slot_at
"""
# Materialized: a subquery that is asked once for each row would claim more than it was to. What follows a message that
# was put off waits for it, for one person.
_CLAIM = """
with due as materialized (
  select m.id from messaging_outgoingmessage m join messaging_correspondent c on c.id = m.correspondent_id
  where m.state = 'queued' and m.authority_id = %s and c.kind = %s
    and coalesce(m.not_before, m.created_at) <= clock_timestamp()
    and not exists (select from messaging_outgoingmessage e where e.correspondent_id = m.correspondent_id
      and e.state = 'queued' and e.attempts > 0 and e.not_before > clock_timestamp() and e.id < m.id)
  order by m.id limit %s for update of m skip locked)
update messaging_outgoingmessage m set state = 'sending', attempts = attempts + 1, claimed_at = clock_timestamp()
from due where m.id = due.id
returning m.id
"""
_WAITING = """
select u.id from messaging_channeluse u where u.is_open and u.slot_at <= clock_timestamp()
  and exists (select from messaging_outgoingmessage m join messaging_correspondent c on c.id = m.correspondent_id
    where m.state = 'queued' and m.authority_id = u.authority_id and c.kind = u.kind
      and coalesce(m.not_before, m.created_at) <= clock_timestamp())
"""
_AGAIN = """
update messaging_outgoingmessage m set state = 'queued'
from messaging_correspondent c where c.id = m.correspondent_id and m.state = 'sending' and c.kind = any(%s)
  and coalesce(m.claimed_at, m.created_at) < now() - interval '10 minutes'
"""
_PACED = """
select exists (select from messaging_channeluse u where u.is_open
  and u.slot_at between clock_timestamp() and clock_timestamp() + interval '2 seconds'
  and exists (select from messaging_outgoingmessage m join messaging_correspondent c on c.id = m.correspondent_id
    where m.state = 'queued' and m.authority_id = u.authority_id and c.kind = u.kind
      and coalesce(m.not_before, m.created_at) <= clock_timestamp()))
"""


@dataclass(frozen=True, slots=True)
class Carried:
    sent: int = 0
    put_off: int = 0
    lost: int = 0


def carry() -> Carried:
    """One burst over each channel on which something waits."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        uses = [pk for (pk,) in cursor.fetchall()]
    open_now = ChannelUse.objects.select_related("authority").filter(pk__in=uses)
    told = [state for use in open_now for state in _burst(use)]
    sent, put_off = told.count(State.SENT), told.count(State.QUEUED) + told.count(State.WINDOW)
    return Carried(sent, put_off, len(told) - sent - put_off)


def waits_for_pace() -> bool:
    """Whether something is to leave within two seconds, once its provider's rate allows it."""
    with connection.cursor() as cursor:
        cursor.execute(_PACED)
        return bool(cursor.fetchone()[0])


def _burst(use: ChannelUse) -> list[str]:
    """What may be sent twice is claimed at once; otherwise as many as leave together, so that a kill leaves no more
    than these in doubt.
    """
    can = capabilities(use)
    most = max(1, int(can.per_second * BURST))
    at_once = most if can.is_idempotent else can.hands
    states: list[str] = []
    claimed = _claim(use, min(at_once, most), takes=most / can.per_second)
    if not claimed:
        return states
    while claimed:
        told, goes_on = hand_over(claimed, use)
        states += told
        if not goes_on:
            return states
        left = most - len(states)
        claimed = _claim(use, min(at_once, left)) if left else []
    _take(use, (len(states) - most) / can.per_second)  # what was not used is given back
    return states


def _claim(use: ChannelUse, most: int, *, takes: float = 0) -> list[OutgoingMessage]:
    """In the order in which they were said. ``takes``: seconds of the provider's rate; none while another has them.

    STOP is asked about here, by its print, whatever is known of her: in the transaction that takes the message.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [use.authority_id, use.kind, most])
        claimed = [pk for (pk,) in cursor.fetchall()]
        if claimed and takes:
            cursor.execute(_PACE, [takes, use.pk])
            if cursor.fetchone() is None:
                transaction.set_rollback(True)
                return []
        rows = OutgoingMessage.objects.select_related("correspondent__authority").in_bulk(claimed)
        stop_what_was_claimed(rows.values())
    return [rows[pk] for pk in sorted(claimed)]


def _take(use: ChannelUse, seconds: float) -> None:
    ChannelUse.objects.filter(pk=use.pk).update(slot_at=F("slot_at") + timedelta(seconds=seconds))


def send_again_what_was_interrupted() -> int:
    """On channels that deliver once what is sent twice; on the others, ``give_up_interrupted`` says it is in doubt."""
    kinds = [str(each.kind) for each in all_channels() if each.can.is_idempotent]
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN, [kinds])
        return cursor.rowcount
