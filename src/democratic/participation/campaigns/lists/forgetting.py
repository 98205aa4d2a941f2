"""A list at its term: its addresses go, with whoever never answered; its numbers stay."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from democratic.kernel.clock import DATABASE_CLOCK, local_day
from democratic.kernel.data_classes import LISTED
from democratic.messaging.correspondents import forget_unheard, print_of_address
from democratic.messaging.models import ChannelKind
from democratic.participation.campaigns.lists.counting import settle
from democratic.participation.campaigns.lists.models import AddressList, ListedAddress
from democratic.participation.campaigns.lists.steering import hold_messages


def forget_old_lists() -> int:
    """Those whose day has come, and any after the longest term. How many addresses went."""
    now = DATABASE_CLOCK.now()
    kept = AddressList.objects.filter(erased_at=None).select_related("campaign__process__record__authority")
    return sum(_forget(each, now) for each in kept if _is_over(each, now))


def _is_over(kept: AddressList, now: datetime) -> bool:
    today = local_day(now, kept.campaign.process.authority.time_zone)
    return kept.erase_on <= today or kept.created_at < now - timedelta(days=LISTED.term.length)


@transaction.atomic
def leave_lists(*, emails: Collection[str]) -> None:
    """Someone leaves the platform: the lists that hold her addresses hold them no more."""
    hers = [print_of_address(ChannelKind.EMAIL, email) for email in emails]
    listed = ListedAddress.objects.filter(
        correspondent__kind=ChannelKind.EMAIL, correspondent__mailbox_print__in=hers
    )
    ids = list(listed.values_list("correspondent", flat=True))
    listed.delete()
    forget_unheard(ids)


@transaction.atomic
def _forget(kept: AddressList, now: datetime) -> int:
    return erase_list(AddressList.objects.select_for_update().get(pk=kept.pk), now)


def erase_list(kept: AddressList, now: datetime) -> int:
    """In the caller's transaction, which locked it. What was to leave does not; it is counted before it goes."""
    for wave in kept.waves.filter(is_settled=False):
        hold_messages(wave)
        settle(wave, now)
    hers = ListedAddress.objects.filter(address_list=kept)
    ids = list(hers.values_list("correspondent", flat=True))
    gone, _rows = hers.delete()
    listed = ListedAddress.objects.filter(correspondent__in=ids)
    elsewhere = set(listed.values_list("correspondent", flat=True))
    forget_unheard([pk for pk in ids if pk not in elsewhere])
    AddressList.objects.filter(pk=kept.pk).update(erased_at=now)
    return gone
