"""Whom a channel reaches. STOP always wins; an address that nobody has any more is never taken for who had it."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from democratic.kernel.data_classes import CORRESPONDENT
from democratic.kernel.limits import keyed_hash
from democratic.messaging.actions import STOP_NOTED
from democratic.messaging.models import ChannelKind, Correspondent, OutgoingMessage
from democratic.people.actions import welcome_guest
from democratic.people.consents import withdraw_in_conversation
from democratic.people.models import StoppedAddress
from democratic.thread.models import Authority

State = OutgoingMessage.State
WAITING = (State.QUEUED, State.WINDOW)
KNOWN_TO = timedelta(minutes=1)  # windows are of hours: who answers five questions in a minute is noted once


def print_of_address(kind: str, address: str) -> str:
    return keyed_hash("correspondent", kind, address.strip().lower())


def heard_from(
    *, authority: Authority, kind: str, address: str, language: str, now: datetime
) -> Correspondent:
    """Who writes from there, locked; a new guest when nobody did. What waited for her word may leave again."""
    hers = {"authority": authority, "kind": kind, "address_print": print_of_address(kind, address)}
    locked = Correspondent.objects.select_for_update(of=("self",)).select_related("person")
    found = locked.filter(**hers, gone_at=None).first()
    if found is None:
        return _welcome(hers, address, language or "fr", now)
    found.authority = authority
    heard_before, found.heard_at = found.heard_at, now
    if now - heard_before > KNOWN_TO:
        found.save(update_fields=["heard_at"])
    found.messages.filter(state=State.WINDOW).update(state=State.QUEUED, reason="")
    return found


def _welcome(hers: dict[str, Any], address: str, language: str, now: datetime) -> Correspondent:
    """A new guest; stopped from the first, when someone said STOP there before she was forgotten."""
    stopped = StoppedAddress.objects.filter(email_print=hers["address_print"]).first()
    return Correspondent.objects.create(
        **hers,
        address="" if stopped else address,
        person=welcome_guest(),
        language=language,
        heard_at=now,
        stopped_at=stopped.stopped_at if stopped else None,
    )


@transaction.atomic
def stop(correspondent: Correspondent, *, now: datetime) -> None:
    """From this instant nothing leaves for her, from anywhere, but the word that it is noted; then her address goes."""
    correspondent.stopped_at, correspondent.is_told = now, False
    correspondent.save(update_fields=["stopped_at", "is_told"])
    StoppedAddress.objects.get_or_create(
        email_print=correspondent.address_print, defaults={"stopped_at": now}
    )
    withdraw_in_conversation(address_print=correspondent.address_print, now=now)
    # A browser by which she only listens was given from here: it falls silent with it.
    listening = {"authority": correspondent.authority_id, "person": correspondent.person_id}
    Correspondent.objects.filter(**listening, kind=ChannelKind.PUSH).delete()
    correspondent.messages.filter(state__in=WAITING).update(
        state=State.STOPPED, reason=_("La personne a demandé l’arrêt."), body=""
    )


def forget_stopped_addresses() -> int:
    """Of who said STOP, once the word that it is noted has left, or could not within an hour."""
    noted = OutgoingMessage.objects.filter(
        correspondent=OuterRef("pk"), purpose__startswith=STOP_NOTED, state__in=(State.QUEUED, State.SENDING)
    )
    is_late = Q(stopped_at__lt=Now() - timedelta(hours=1))
    done = Correspondent.objects.filter(stopped_at__isnull=False).exclude(address="")
    return done.filter(~Exists(noted) | is_late).update(address="")


@transaction.atomic
def resume(correspondent: Correspondent, *, address: str) -> None:
    """She wrote REPRENDRE from that very address."""
    correspondent.stopped_at, correspondent.address = None, address
    correspondent.save(update_fields=["stopped_at", "address"])
    StoppedAddress.objects.filter(email_print=correspondent.address_print).delete()


@transaction.atomic
def note_gone(correspondent: Correspondent, *, now: datetime) -> None:
    """Nobody has this address any more: numbers change hands."""
    Correspondent.objects.filter(pk=correspondent.pk).update(gone_at=now, is_told=False, address="")
    correspondent.messages.filter(state__in=WAITING).update(
        state=State.FAILED, reason=_("Cette adresse n’est plus à personne.")
    )


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
    Correspondent.objects.filter(person__in=person_ids).delete()


def forget_silent_correspondents() -> int:
    since = Now() - timedelta(days=CORRESPONDENT.term.length)
    silent = Correspondent.objects.filter(heard_at__lt=since)
    gone = silent.count()
    silent.delete()
    return gone
