"""A campaign that leaves its installation takes along the counts of what stays: messages, street captures, paper."""

from collections.abc import Mapping
from typing import Any

from democratic.participation.campaigns.figures import told_first
from democratic.participation.campaigns.missing import met_in_the_street, met_on_paper
from democratic.participation.campaigns.models import Campaign
from democratic.participation.campaigns.queries import publics_of
from democratic.participation.conversations.models import FlowCode


def brought_so_far(campaign: Campaign) -> dict[str, Any]:
    """``{"told": 12, "street": {band: people}, "paper": [[band, municipality, sheets]]}``."""
    codes = FlowCode.objects.filter(in_campaign__public__campaign=campaign).values_list("pk", flat=True)
    publics = publics_of(campaign)
    return {
        "told": campaign.before.get("told", 0) + told_first(list(codes)),
        "street": met_in_the_street(campaign, publics),
        "paper": [[*cell, n] for cell, n in met_on_paper(campaign, publics).items()],
    }


def refuse_unless_counts(before: Mapping[str, Any]) -> None:
    """ValueError: not what ``brought_so_far`` tells."""
    met = [
        before.get("told", 0),
        *before.get("street", {}).values(),
        *(n for _band, _place, n in before.get("paper", ())),
    ]
    if not all(type(each) is int and each >= 0 for each in met):
        raise ValueError("what a campaign brought before is no count")
