"""How many people lists reached, and may still reach; what it cost."""

from dataclasses import dataclass

from django.db.models import F, Q, Sum

from democratic.participation.campaigns.lists.models import AddressList, ListWave
from democratic.participation.campaigns.models import Campaign


@dataclass(frozen=True, slots=True)
class WrittenTo:
    """People of lists to whom a message left, and to how many it arrived, where the provider tells. ``cost`` in cents."""

    sent: int = 0
    delivered: int = 0
    cost: int = 0


def written_to(campaign: Campaign) -> WrittenTo:
    """By all waves of all its lists, as last counted. One query."""
    told = ListWave.objects.filter(address_list__campaign=campaign).aggregate(
        all_sent=Sum("sent", default=0),
        all_delivered=Sum("delivered", default=0),
        mills=Sum(F("sent") * F("parts") * F("fare"), default=0),
    )
    return WrittenTo(told["all_sent"], told["all_delivered"], round(told["mills"] / 10))


def reachable(address_list: AddressList) -> int:
    """How many of it may still be written to."""
    may_be = Q(correspondent__stopped_at=None, correspondent__gone_at=None)
    return address_list.addresses.filter(may_be).exclude(correspondent__address="").count()


def fare_of(address_list: AddressList) -> int:
    """What the last wave by this channel cost, for one part: 0 when nobody said."""
    said = ListWave.objects.filter(
        address_list__campaign__process__record__authority=address_list.campaign.process.authority_id,
        address_list__kind=address_list.kind,
        fare__gt=0,
    )
    return said.order_by("-begun_at").values_list("fare", flat=True).first() or 0
