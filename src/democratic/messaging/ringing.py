"""A channel by which one only listens: it is asked for from a conversation, and ends with it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from democratic.messaging.correspondents import note_gone, print_of_address
from democratic.messaging.models import ChannelKind, ChannelUse, Correspondent
from democratic.thread.models import Authority


def can_ring(authority: Authority) -> bool:
    """Whether browsers may be rung here: its decision is recorded."""
    return ChannelUse.objects.filter(authority=authority, kind=ChannelKind.PUSH, is_open=True).exists()


@transaction.atomic
def ring_also(her: Correspondent, *, address: str, now: datetime) -> Correspondent:
    """What it becomes rings this browser too. Twice is once.

    A browser has one address for all that is done in it: it rings for who asked last, as whoever holds it now
    is not known to be who held it before.
    """
    locked = Correspondent.objects.select_for_update().filter(
        authority=her.authority,
        kind=ChannelKind.PUSH,
        address_print=print_of_address(ChannelKind.PUSH, address),
        gone_at=None,
    )
    found = locked.first()
    if found is not None and found.person_id == her.person_id:
        return found
    if found is not None:
        note_gone(found, now=now)
    return Correspondent.objects.create(
        authority=her.authority,
        kind=ChannelKind.PUSH,
        address=address,
        address_print=print_of_address(ChannelKind.PUSH, address),
        person=her.person,
        language=her.language,
        is_told=True,
        heard_at=now,
    )


def rings_for(her: Correspondent) -> int:
    """How many browsers ring for her."""
    return _browsers_of(her.authority_id, her.person_id).count()


@transaction.atomic
def ring_no_more(her: Correspondent) -> None:
    """Nowhere, from this instant: what waited to leave goes with the addresses."""
    _browsers_of(her.authority_id, her.person_id).delete()


def _browsers_of(authority_id: UUID, person_id: UUID) -> QuerySet[Correspondent]:
    return Correspondent.objects.filter(
        authority=authority_id, person=person_id, kind=ChannelKind.PUSH, gone_at=None
    )
