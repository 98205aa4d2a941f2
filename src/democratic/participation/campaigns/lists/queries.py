"""The lists of a campaign, as its page shows them."""

from dataclasses import dataclass

from django.db.models import Sum

from democratic.participation.campaigns.lists.models import AddressList
from democratic.participation.campaigns.models import Campaign

MOST_LISTS = 50


@dataclass(frozen=True, slots=True)
class ListLine:
    address_list: AddressList
    sent: int


def lists_of(campaign: Campaign) -> list[ListLine]:
    """The latest first, each with how many messages left. One query."""
    rows = AddressList.objects.filter(campaign=campaign).annotate(all_sent=Sum("waves__sent", default=0))
    return [ListLine(each, each.all_sent) for each in rows.order_by("-pk")[:MOST_LISTS]]
