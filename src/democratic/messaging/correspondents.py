"""Whom a channel reaches. STOP always wins; an address that nobody has any more is never taken for who had it."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from democratic.kernel.compiled import Compiled, columns_of, instances_of
from democratic.kernel.data_classes import CORRESPONDENT
from democratic.kernel.limits import keyed_hash
from democratic.messaging.actions import STOP_NOTED
from democratic.messaging.models import ChannelKind, Correspondent, OutgoingMessage
from democratic.messaging.ports import mailbox_of
from democratic.messaging.wiping import wipe_what_was_left
from democratic.people.actions import forget_guests_of_nothing, welcome_guest, welcome_guests
from democratic.people.consents import withdraw_in_conversation
from democratic.people.models import StoppedAddress
from democratic.thread.models import Authority

State = OutgoingMessage.State
WAITING = (State.QUEUED, State.WINDOW)
KNOWN_TO = timedelta(minutes=1)  # windows are of hours: who answers five questions in a minute is noted once


_MAY_LEAVE_AGAIN = """
update messaging_outgoingmessage set state = 'queued', reason = '' where correspondent_id = %s and state = 'window'
"""


def _there(authority: UUID, kind: str, there: str) -> QuerySet[Any, Any]:
    rows = Correspondent.objects.filter(authority=authority, kind=kind, address_print=there, gone_at=None)
    return rows.select_for_update().values_list(*columns_of(Correspondent))


_THERE = Compiled(_there, authority=UUID, kind=str, there=str)


def print_of_address(kind: str, address: str) -> str:
    return keyed_hash("correspondent", kind, address.strip().lower())


def heard_from(
    *, authority: Authority, kind: str, address: str, language: str, now: datetime, name: str = ""
) -> Correspondent:
    """Who writes from there, locked; a new guest when nobody did. What waited for her word may leave again.

    ``name``: the provider's own of what she says.
    """
    there = print_of_address(kind, address)
    row = _THERE.first(authority=authority.pk, kind=kind, there=there)
    if row is None:
        hers = {"authority": authority, "kind": kind, "address_print": there}
        return _welcome(hers, address, language or "fr", now, name)
    found: Correspondent = instances_of(row, Correspondent)[0]
    found.authority = authority
    name = name if found.mailbox_print else ""  # elsewhere nothing joins it
    is_known = found.heard_at is not None and now - found.heard_at < KNOWN_TO and found.heard_name == name
    found.heard_at, found.heard_name = now, name
    if not found.address and found.stopped_at is None:  # STOP took it; she took STOP back in another exchange
        found.address, is_known = address, False
    if not is_known:  # of who said STOP and writes all the same, no name is kept: nothing answers it
        found.save(update_fields=["heard_at"] if found.stopped_at else ["heard_at", "heard_name", "address"])
    with connection.cursor() as cursor:
        cursor.execute(_MAY_LEAVE_AGAIN, [found.pk])
    return found


def _welcome(hers: dict[str, Any], address: str, language: str, now: datetime, name: str) -> Correspondent:
    """A new guest; stopped from the first, when someone said STOP there before she was forgotten."""
    mailbox = mailbox_of(hers["kind"], address)
    mailbox_print = print_of_address(hers["kind"], mailbox) if mailbox else ""
    stopped = StoppedAddress.objects.filter(email_print=mailbox_print or hers["address_print"]).first()
    return Correspondent.objects.create(
        **hers,
        mailbox_print=mailbox_print,
        heard_name=name if mailbox and not stopped else "",
        address="" if stopped else address,
        person=welcome_guest(),
        language=language,
        heard_at=now,
        stopped_at=stopped.stopped_at if stopped else None,
    )


@transaction.atomic
def stop(correspondent: Correspondent, *, now: datetime) -> None:
    """From this instant nothing leaves for her, from anywhere, but the word that it is noted; then her address goes.

    By this channel; ``stopping`` says what it means for the others.
    """
    hers = everywhere_at(correspondent)
    for each in hers:
        withdraw_in_conversation(address_print=each.address_print, now=now)
    wipe_what_was_left(hers)
    hers.update(stopped_at=now, is_told=False)
    correspondent.stopped_at, correspondent.is_told = now, False
    StoppedAddress.objects.get_or_create(email_print=_stop_print(correspondent), defaults={"stopped_at": now})
    # A browser by which she only listens was given from here: it falls silent with it.
    listening = {"authority": correspondent.authority_id, "person": correspondent.person_id}
    Correspondent.objects.filter(**listening, kind=ChannelKind.PUSH).delete()
    OutgoingMessage.objects.filter(correspondent__in=hers, state__in=WAITING).update(
        state=State.STOPPED, reason=_("La personne a demandé l’arrêt."), body=""
    )


def exchanges_of(correspondent: Correspondent) -> QuerySet[Correspondent]:
    """With her other exchanges, where a channel has some."""
    if not correspondent.mailbox_print:
        return Correspondent.objects.filter(pk=correspondent.pk)
    return Correspondent.objects.filter(
        authority=correspondent.authority_id,
        kind=correspondent.kind,
        mailbox_print=correspondent.mailbox_print,
        gone_at=None,
    )


def everywhere_at(correspondent: Correspondent) -> QuerySet[Correspondent]:
    """All that one channel reaches at one address, whichever authority writes."""
    there = {"address_print": correspondent.address_print}
    if correspondent.mailbox_print:
        there = {"mailbox_print": correspondent.mailbox_print}
    return Correspondent.objects.filter(kind=correspondent.kind, gone_at=None, **there)


def _stop_print(correspondent: Correspondent) -> str:
    return correspondent.mailbox_print or correspondent.address_print


def forget_stopped_addresses() -> int:
    """Of who said STOP, once the word that it is noted has left, or could not within an hour."""
    noted = OutgoingMessage.objects.filter(
        correspondent=OuterRef("pk"), purpose__startswith=STOP_NOTED, state__in=(State.QUEUED, State.SENDING)
    )
    is_late = Q(stopped_at__lt=Now() - timedelta(hours=1))
    done = Correspondent.objects.filter(stopped_at__isnull=False).exclude(address="")
    return done.filter(~Exists(noted) | is_late).update(address="", heard_name="")


@transaction.atomic
def resume(correspondent: Correspondent, *, address: str) -> None:
    """She wrote REPRENDRE from that very address: all her exchanges there are hers again, when she writes in them.

    Whoever forged her STOP did not receive the answer to it; she did.
    """
    exchanges_of(correspondent).update(stopped_at=None)
    correspondent.stopped_at, correspondent.address = None, address
    correspondent.save(update_fields=["stopped_at", "address", "heard_name"])
    StoppedAddress.objects.filter(email_print=_stop_print(correspondent)).delete()


@transaction.atomic
def note_gone(correspondent: Correspondent, *, now: datetime) -> None:
    """Nobody has this address any more: numbers change hands."""
    hers = list(exchanges_of(correspondent).values_list("pk", flat=True))
    Correspondent.objects.filter(pk__in=hers).update(gone_at=now, is_told=False, address="", heard_name="")
    OutgoingMessage.objects.filter(correspondent__in=hers, state__in=WAITING).update(
        state=State.FAILED, reason=_("Cette adresse n’est plus à personne.")
    )


def note_gone_at(*, authority: Authority, kind: str, address: str, now: datetime) -> None:
    """The same, where a provider says it afterwards. Nothing, when nobody we know is there."""
    there = print_of_address(kind, address)
    known = Correspondent.objects.filter(authority=authority, kind=kind, address_print=there, gone_at=None)
    for each in known:
        note_gone(each, now=now)


def forget_leaving() -> int:
    """Children who have said all they were asked: nothing that leads to them stays. Their answers are nobody's."""
    busy = OutgoingMessage.objects.filter(
        correspondent=OuterRef("pk"), state__in=(State.QUEUED, State.SENDING)
    )
    leaving = Correspondent.objects.filter(is_leaving=True).exclude(Exists(busy))
    return len([each for each in leaving if _forget_one(each)])


@transaction.atomic
def _forget_one(correspondent: Correspondent) -> bool:
    """With the guest that she was here, unless she is someone for another reason."""
    person = correspondent.person
    correspondent.delete()
    with suppress(ProtectedError), transaction.atomic():
        person.delete()
    return True


@transaction.atomic
def forget_correspondents(*, person_ids: Collection[UUID]) -> None:
    """With their messages. A print of who said STOP stays, and says nothing of her."""
    hers = Correspondent.objects.filter(person__in=person_ids)
    wipe_what_was_left(hers)
    hers.delete()


@transaction.atomic
def forget_unheard(correspondent_ids: Collection[UUID]) -> None:
    """Of these, whom we wrote to first and who never wrote: with their messages, and the guests that they were."""
    unheard = Correspondent.objects.filter(pk__in=correspondent_ids, heard_at=None, is_told=False)
    people = list(unheard.values_list("person", flat=True))
    unheard.delete()
    forget_guests_of_nothing(people)


@transaction.atomic
def known_or_new(
    authority: Authority, kind: str, addresses: Mapping[str, str], *, language: str
) -> list[Correspondent]:
    """Someone for each of these addresses, by its print. New ones have not written: no window is open to them.

    STOP is the caller's to ask about first: an address that was stopped is not to be kept at all.
    """
    here = Correspondent.objects.filter(authority=authority, kind=kind, gone_at=None)
    known = set(here.filter(address_print__in=addresses).values_list("address_print", flat=True))
    new = [(there, address) for there, address in addresses.items() if there not in known]
    rows = [
        Correspondent(
            authority=authority,
            kind=kind,
            address=address,
            address_print=there,
            mailbox_print=print_of_address(kind, mailbox) if (mailbox := mailbox_of(kind, address)) else "",
            person=guest,
            language=language,
            heard_at=None,
        )
        for (there, address), guest in zip(new, welcome_guests(len(new)), strict=True)
    ]
    Correspondent.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    return list(here.filter(address_print__in=addresses).order_by("pk"))


def forget_silent_correspondents() -> int:
    since = Now() - timedelta(days=CORRESPONDENT.term.length)
    silent = Correspondent.objects.filter(heard_at__lt=since)
    gone = silent.count()
    silent.delete()
    return gone
