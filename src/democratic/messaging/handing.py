"""Handing messages over to a provider, several at once, and noting what became of each.

Nothing is asked of the database while a message is at its provider: a slow one holds no connection.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
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
    Envelope,
    InDoubt,
    Later,
    Refused,
    Template,
    Undeliverable,
    WindowShut,
    capabilities,
    channel_of,
)
from democratic.messaging.telling import daytime
from democratic.thread.addresses import public_url

logger = logging.getLogger(__name__)
State = OutgoingMessage.State
LONGEST_PAUSE, TO_MEND = 900.0, 60.0  # seconds
# A provider that is down is waited for a day; after this, an answer answers nothing. Counted in tries, from the first:
# what waited for the morning, or for its turn in the week, has waited for no provider yet.
MOST_TRIES = 100

Told = tuple[OutgoingMessage, Undeliverable | None]
"""A message, and why it did not leave."""
Ready = tuple[OutgoingMessage, Envelope]


def hand_over(claimed: Sequence[OutgoingMessage], use: ChannelUse) -> tuple[list[str], bool]:
    """What became of each, and whether the provider takes more. STOP is looked at last of all, once they are claimed."""
    stopped = [message for message in claimed if _is_stopped(message)]
    states = [_mark(each, State.STOPPED, _("La personne a demandé l’arrêt.")) for each in stopped]
    may_leave = [message for message in claimed if message not in stopped]
    round_ = _Round(use)
    for told in round_.carry(_by_person(may_leave)):
        states += _settle(told, use)
    if round_.wait is not None:
        _wait(use, round_.wait.after)
    return states, round_.wait is None


class _Round:
    """One channel for the time of a round. ``wait``: once its provider asked to wait, nothing more is sent to anyone."""

    def __init__(self, use: ChannelUse) -> None:
        self._use, self._channel = use, channel_of(use.kind)
        self.wait: Later | None = None

    def carry(self, theirs: Sequence[Sequence[OutgoingMessage]]) -> Iterator[list[Told]]:
        """As it is known. What goes to one person leaves in its order; a lone one needs no other hand."""
        ready = [self._ready(messages) for messages in theirs]
        if len(ready) == 1:
            yield self._carry_in_order(ready[0])
            return
        with ThreadPoolExecutor(capabilities(self._use).hands) as hands:
            for done in as_completed([hands.submit(self._carry_by_a_hand, each) for each in ready]):
                yield done.result()

    def _ready(self, messages: Iterable[OutgoingMessage]) -> list[Ready]:
        """Written before the hands take them. What its operator has to mend is waited for."""
        try:
            account = account_of(self._use.authority.slug, self._use.kind)
        except AccountsUnreadable as fault:
            account, self.wait = {}, Later(str(fault), after=TO_MEND)
        now = DATABASE_CLOCK.now()
        return [(message, _envelope(message, account, now)) for message in messages]

    def _carry_by_a_hand(self, ready: Iterable[Ready]) -> list[Told]:
        """A connector that asked the database something all the same leaves no line to it open."""
        try:
            return self._carry_in_order(ready)
        finally:
            connection.close()

    def _carry_in_order(self, ready: Iterable[Ready]) -> list[Told]:
        """What could not leave holds what follows it, for one person; for all of them, when the provider says so."""
        told, held = list[Told](), None
        for message, envelope in ready:
            fault: Undeliverable | None = self.wait or held or self._carry(message, envelope)
            if isinstance(fault, Later):
                held = fault
                if not fault.is_alone:
                    self.wait = fault
            told.append((message, fault))
        return told

    def _carry(self, message: OutgoingMessage, envelope: Envelope) -> Undeliverable | None:
        """A fault of the connector's own stops no other message: nobody knows how far this one went."""
        try:
            self._channel.deliver(envelope)
        except Undeliverable as fault:
            return fault
        except AccountsUnreadable as fault:
            return Later(str(fault), after=TO_MEND)
        except Exception as fault:
            logger.exception("the connector of %s failed on message %s", self._use.kind, message.pk)
            return InDoubt(type(fault).__name__)
        return None


def _envelope(message: OutgoingMessage, account: Account, now: datetime) -> Envelope:
    her, said = _whose(message), message.template
    return Envelope(
        her.address,
        message.pk.hex,
        Parcel(message.body, tuple(Option(key, label) for key, label in message.buttons)),
        account,
        answers=her.heard_name,
        stop_url=stop_url_of(her),
        template=Template(said["name"], said["language"], tuple(said["parameters"])) if said else None,
        door=public_url(her.authority, f"/canaux/{her.kind}", "fr"),
        at=now,
    )


def _by_person(messages: Iterable[OutgoingMessage]) -> list[list[OutgoingMessage]]:
    theirs: dict[UUID, list[OutgoingMessage]] = defaultdict(list)
    for message in messages:
        theirs[_whose(message).pk].append(message)
    return list(theirs.values())


def _whose(message: OutgoingMessage) -> Correspondent:
    if message.correspondent is None:
        raise LookupError("this message leaves by no channel")
    return message.correspondent


def _is_stopped(message: OutgoingMessage) -> bool:
    her = _whose(message)
    if message.state == State.STOPPED:  # as it was claimed
        return True
    return not her.address or (her.stopped_at is not None and not message.purpose.startswith(STOP_NOTED))


def _settle(told: Iterable[Told], use: ChannelUse) -> list[str]:
    sent = [message for message, fault in told if fault is None]
    if sent:
        _mark_sent(sent, use)
    states: list[str] = [State.SENT] * len(sent)
    return states + [_note(message, fault, use) for message, fault in told if fault is not None]


def _mark_sent(sent: Sequence[OutgoingMessage], use: ChannelUse) -> None:
    now = DATABASE_CLOCK.now()
    rows = OutgoingMessage.objects.filter(pk__in=[message.pk for message in sent], state=State.SENDING)
    rows.update(state=State.SENT, reason="", sent_at=now)
    if use.proved_at is None:
        ChannelUse.objects.filter(pk=use.pk, proved_at=None).update(proved_at=now)
        use.proved_at = now


def _note(message: OutgoingMessage, fault: Undeliverable, use: ChannelUse) -> str:
    match fault:
        case Later():
            return _put_off(message, fault, use)
        case Refused():
            if fault.is_gone:
                note_gone(_whose(message), now=DATABASE_CLOCK.now())
            return _mark(message, State.FAILED, fault.reason)
        case WindowShut():
            return _mark(message, State.WINDOW, fault.reason)
        case _:
            logger.warning("message %s may have left: %s", message.pk, fault.reason)
            if channel_of(use.kind).can.is_idempotent:
                return _put_off(message, fault, use)
            return _mark(
                message, State.FAILED, _("Interrompu pendant l’envoi : ce message est peut-être parti.")
            )


def _put_off(message: OutgoingMessage, fault: Undeliverable, use: ChannelUse) -> str:
    """It is tried again after the provider's own delay, or later and later."""
    now = DATABASE_CLOCK.now()
    if message.attempts >= MOST_TRIES:
        return _mark(message, State.FAILED, fault.reason)
    own = fault.after if isinstance(fault, Later) else 0.0
    moment = now + timedelta(seconds=max(own, min(2.0**message.attempts, LONGEST_PAUSE)))
    if message.is_first:  # nor at night, when its provider comes back then
        moment = daytime(use, moment, use.authority.time_zone)
    OutgoingMessage.objects.filter(pk=message.pk).update(not_before=moment)
    return _mark(message, State.QUEUED, fault.reason)


def _wait(use: ChannelUse, seconds: float) -> None:
    """A provider that asks to wait is asked nothing meanwhile, for anybody."""
    if seconds > 0:
        ChannelUse.objects.filter(pk=use.pk).update(slot_at=DATABASE_CLOCK.now() + timedelta(seconds=seconds))


def _mark(message: OutgoingMessage, state: str, reason: str) -> str:
    """What its provider said meanwhile holds: it may tell of a message before it answers us."""
    still_ours = OutgoingMessage.objects.filter(pk=message.pk, state=State.SENDING)
    still_ours.update(state=state, reason=reason[:300])
    return state
