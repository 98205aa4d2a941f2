"""Sending over channels: claimed at the pace of the provider, handed over outside any transaction, marked in another.

As for mails (docs/decisions/0006): what was cut while it was being sent is in doubt, and never sent again, unless
the provider delivers once what is sent twice under one name.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from civics.reach.rendering import Option, Parcel
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.messaging.accounts import AccountsUnreadable, account_of
from democratic.messaging.actions import STOP_NOTED
from democratic.messaging.correspondents import note_gone
from democratic.messaging.links import stop_url_of
from democratic.messaging.models import ChannelUse, Correspondent, OutgoingMessage
from democratic.messaging.ports import (
    Account,
    Channel,
    Envelope,
    InDoubt,
    Later,
    Refused,
    Template,
    Undeliverable,
    WindowShut,
    all_channels,
    capabilities,
    channel_of,
)
from democratic.messaging.telling import daytime

logger = logging.getLogger(__name__)
State = OutgoingMessage.State
MOST_ATTEMPTS = 10
BURST = 1.0  # seconds of the provider's rate that leave in one go
_PACE = """
update messaging_channeluse set slot_at = greatest(slot_at, clock_timestamp()) + %s * interval '1 second'
where id = %s and slot_at <= clock_timestamp() returning slot_at
"""
# An array, as it is made once: a subquery that is looked at for each row would claim others each time.
_CLAIM = """
update messaging_outgoingmessage set state = 'sending', attempts = attempts + 1 where id = any(array(
  select m.id from messaging_outgoingmessage m join messaging_correspondent c on c.id = m.correspondent_id
  where m.state = 'queued' and m.authority_id = %s and c.kind = %s
    and coalesce(m.not_before, m.created_at) <= clock_timestamp()
  order by m.id limit %s for update of m skip locked))
returning id
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
  and m.created_at < now() - interval '10 minutes'
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
    """What may be sent twice is claimed at once; otherwise each alone, so that a kill leaves one in doubt."""
    rate = capabilities(use).per_second
    most = max(1, int(rate * BURST))
    at_once = most if channel_of(use.kind).can.is_idempotent else 1
    states: list[str] = []
    claimed = _claim(use, at_once, takes=most / rate)
    if not claimed:
        return states
    while claimed:
        told, goes_on = _hand_over_all(claimed, use)
        states += told
        if not goes_on:
            return states
        left = most - len(states)
        claimed = _claim(use, min(at_once, left)) if left else []
    _take(use, (len(states) - most) / rate)  # what was not used is given back
    return states


def _claim(use: ChannelUse, most: int, *, takes: float = 0) -> list[OutgoingMessage]:
    """In the order in which they were said. ``takes``: seconds of the provider's rate; none while another has them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [use.authority_id, use.kind, most])
        claimed = [pk for (pk,) in cursor.fetchall()]
        if claimed and takes:
            cursor.execute(_PACE, [takes, use.pk])
            if cursor.fetchone() is None:
                transaction.set_rollback(True)
                return []
    rows = OutgoingMessage.objects.select_related("correspondent__authority").in_bulk(claimed)
    return [rows[pk] for pk in sorted(claimed)]


def _take(use: ChannelUse, seconds: float) -> None:
    ChannelUse.objects.filter(pk=use.pk).update(slot_at=F("slot_at") + timedelta(seconds=seconds))


def _hand_over_all(claimed: Sequence[OutgoingMessage], use: ChannelUse) -> tuple[list[str], bool]:
    """What became of each, and whether the provider takes more."""
    channel = channel_of(use.kind)
    states: list[str] = []
    for rank, message in enumerate(claimed):
        try:
            states.append(_hand_over(message, channel, use))
        except Later as wait:
            if wait.is_alone:
                states.append(_put_off(message, wait, use))
                continue
            _wait(use, wait.after)
            # the same goes for all that follow
            return states + [_put_off(each, wait, use) for each in claimed[rank:]], False
    return states, True


def _hand_over(message: OutgoingMessage, channel: Channel, use: ChannelUse) -> str:
    """Later is left to the caller. STOP is looked at last of all, once the message is claimed."""
    correspondent = message.correspondent
    if correspondent is None or not correspondent.address or _is_stopped(message, correspondent):
        return _mark(message, State.STOPPED, _("La personne a demandé l’arrêt."))
    parcel = Parcel(message.body, tuple(Option(key, label) for key, label in message.buttons))
    try:
        account = account_of(use.authority.slug, use.kind)
        _deliver(channel, _envelope(message, correspondent, parcel, account))
    except Refused as refusal:
        if refusal.is_gone:
            note_gone(correspondent, now=DATABASE_CLOCK.now())
        return _mark(message, State.FAILED, refusal.reason)
    except InDoubt as doubt:
        logger.warning("message %s may have left: %s", message.pk, doubt.reason)
        if channel.can.is_idempotent:
            return _put_off(message, doubt, use)
        return _mark(message, State.FAILED, _("Interrompu pendant l’envoi : ce message est peut-être parti."))
    except WindowShut as shut:
        return _mark(message, State.WINDOW, shut.reason)
    except AccountsUnreadable as fault:
        raise Later(str(fault), after=60) from fault
    _mark(message, State.SENT, "")
    if use.proved_at is None:
        ChannelUse.objects.filter(pk=use.pk, proved_at=None).update(proved_at=DATABASE_CLOCK.now())
    return State.SENT


def _envelope(
    message: OutgoingMessage, correspondent: Correspondent, parcel: Parcel, account: Account
) -> Envelope:
    said = message.template
    return Envelope(
        correspondent.address,
        message.pk.hex,
        parcel,
        account,
        answers=correspondent.heard_name,
        stop_url=stop_url_of(correspondent),
        template=Template(said["name"], said["language"], tuple(said["parameters"])) if said else None,
    )


def _deliver(channel: Channel, envelope: Envelope) -> None:
    """A fault of the connector's own stops no other message: nobody knows how far this one went."""
    try:
        channel.deliver(envelope)
    except (Undeliverable, AccountsUnreadable):
        raise
    except Exception as fault:
        logger.exception("the connector of %s failed", channel.kind)
        raise InDoubt(type(fault).__name__) from fault


def _is_stopped(message: OutgoingMessage, correspondent: Correspondent) -> bool:
    return correspondent.stopped_at is not None and not message.purpose.startswith(STOP_NOTED)


def _put_off(message: OutgoingMessage, wait: Later | InDoubt, use: ChannelUse) -> str:
    """It is tried again after the provider's own delay, or later and later."""
    if message.attempts >= MOST_ATTEMPTS:
        return _mark(message, State.FAILED, wait.reason)
    moment = DATABASE_CLOCK.now() + timedelta(seconds=max(wait.after, float(2**message.attempts)))
    if message.is_first:  # nor at night, when its provider comes back then
        moment = daytime(use, moment, use.authority.time_zone)
    OutgoingMessage.objects.filter(pk=message.pk).update(not_before=moment)
    return _mark(message, State.QUEUED, wait.reason)


def _wait(use: ChannelUse, seconds: float) -> None:
    """A provider that asks to wait is asked nothing meanwhile, for anybody."""
    if seconds > 0:
        ChannelUse.objects.filter(pk=use.pk).update(slot_at=DATABASE_CLOCK.now() + timedelta(seconds=seconds))


def _mark(message: OutgoingMessage, state: str, reason: str) -> str:
    """What its provider said meanwhile holds: it may tell of a message before it answers us."""
    changes: dict[str, object] = {"state": state, "reason": reason[:300]}
    if state == State.SENT:
        changes["sent_at"] = DATABASE_CLOCK.now()
    OutgoingMessage.objects.filter(pk=message.pk, state=State.SENDING).update(**changes)
    return state


def send_again_what_was_interrupted() -> int:
    """On channels that deliver once what is sent twice; on the others, ``give_up_interrupted`` says it is in doubt."""
    kinds = [str(each.kind) for each in all_channels() if each.can.is_idempotent]
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN, [kinds])
        return cursor.rowcount
