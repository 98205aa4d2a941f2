"""STOP by every door of one address: a conversation, a notice, the other channel of the same telephone.

Where it was said, nothing leaves any more (``correspondents.stop``, ``people.consents.stop_address``). By its other
doors, she is answered when she writes; nothing is written to her first, by anyone.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from democratic.kernel.clock import Clock
from democratic.messaging.actions import STOP_NOTED
from democratic.messaging.correspondents import WAITING, print_of_address
from democratic.messaging.models import ChannelKind, Correspondent, OutgoingMessage
from democratic.messaging.ports import mailbox_of
from democratic.people.actions import stop_address, stop_all
from democratic.people.consents import print_of
from democratic.people.models import ConsentSource, ContactAddress, StoppedAddress

State = OutgoingMessage.State
K = TypeVar("K", UUID, str)


def doors_of(kind: str, address: str) -> frozenset[str]:
    """The prints under which STOP may have been said of this address: by SMS or by WhatsApp, to a conversation or to a
    notice.
    """
    if kind == ChannelKind.EMAIL:
        mailbox = mailbox_of(kind, address) or address
        return frozenset({print_of_address(kind, mailbox), print_of(mailbox)})
    if kind in (ChannelKind.SMS, ChannelKind.WHATSAPP):
        bare = address.strip().removeprefix("+")
        sms, whatsapp = f"+{bare}", bare
        return frozenset(
            {print_of_address(ChannelKind.SMS, sms), print_of_address(ChannelKind.WHATSAPP, whatsapp)}
        )
    return frozenset({print_of_address(kind, address)})


def stopped_among(prints: Mapping[K, Collection[str]]) -> set[K]:
    """Of these, for whom STOP was said under one of these prints. One question to the database."""
    asked = {each for theirs in prints.values() for each in theirs}
    rows = StoppedAddress.objects.filter(email_print__in=asked)
    said = set(rows.values_list("email_print", flat=True)) if asked else set()
    return {pk for pk, theirs in prints.items() if said.intersection(theirs)}


def not_to_be_written_first(correspondents: Iterable[Correspondent], *, now: datetime) -> set[UUID]:
    """By whatever door STOP came. Who never wrote is stopped for good: of her, nothing is to be kept but a print."""
    known = {each.pk: doors_of(each.kind, each.address) for each in correspondents if each.address}
    if stopped := stopped_among(known):
        unheard = Correspondent.objects.filter(pk__in=stopped, heard_at=None, stopped_at=None)
        unheard.update(stopped_at=now, is_told=False)
    return stopped


def stop_what_was_claimed(claimed: Iterable[OutgoingMessage]) -> None:
    """In the transaction of the claim. What we say first passes no door that was shut; an answer, all but its own."""
    asked: dict[UUID, Collection[str]] = {}
    theirs: dict[UUID, OutgoingMessage] = {}
    for message in claimed:
        her = message.correspondent
        if her is None or not her.address or message.purpose.startswith(STOP_NOTED):
            continue
        own = her.mailbox_print or her.address_print
        asked[message.pk] = {own, *doors_of(her.kind, her.address)} if message.is_first else {own}
        theirs[message.pk] = message
    stopped = stopped_among(asked)
    if not stopped:
        return
    for pk in stopped:
        theirs[pk].state, theirs[pk].reason = State.STOPPED, why_stopped()
    OutgoingMessage.objects.filter(pk__in=stopped).update(state=State.STOPPED, reason=why_stopped(), body="")


def stop_elsewhere(*, kind: str, address: str, now: datetime) -> None:
    """STOP was just said at one door of this address: what waited to be written first by the others does not leave."""
    prints = doors_of(kind, address)
    same = Q(address_print__in=prints) | Q(mailbox_print__in=prints)
    known = Correspondent.objects.filter(same, stopped_at=None, gone_at=None)
    OutgoingMessage.objects.filter(correspondent__in=known, is_first=True, state__in=WAITING).update(
        state=State.STOPPED, reason=why_stopped(), body=""
    )
    known.filter(heard_at=None).update(stopped_at=now, is_told=False)


@transaction.atomic
def stop_notices(*, address: ContactAddress, clock: Clock, source: str = ConsentSource.MAIL) -> None:
    """STOP to what is told at this address ends also what campaigns would write there first."""
    stop_address(address=address, clock=clock, source=source)
    stop_elsewhere(kind=ChannelKind.EMAIL, address=address.email, now=clock.now())


@transaction.atomic
def stop_all_notices(*, person_ids: Collection[UUID], clock: Clock) -> None:
    """The same for each address of hers, under every identity."""
    mine = ContactAddress.objects.filter(person__in=person_ids, stopped_at=None)
    emails = list(mine.values_list("email", flat=True))
    stop_all(person_ids=person_ids, clock=clock)
    for email in emails:
        stop_elsewhere(kind=ChannelKind.EMAIL, address=email, now=clock.now())


def why_stopped() -> str:
    return _("La personne a demandé l’arrêt.")
