"""Planning a campaign: its name, its days, how many people it wants to hear. Between agents: no Entry is written."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Refusal
from democratic.participation.campaigns.models import Campaign
from democratic.participation.campaigns.naming import named, named_once, wanted
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import refuse_unless_published


@dataclass(frozen=True, slots=True)
class Plan:
    """``goal``: how many people are to answer up to the end."""

    name: str
    starts_on: date
    ends_on: date
    goal: int

    def columns(self) -> dict[str, Any]:
        if self.ends_on < self.starts_on:
            raise Refusal(_("Une campagne finit après avoir commencé."), field="ends_on")
        columns = {"starts_on": self.starts_on, "ends_on": self.ends_on}
        return {"name": named(self.name), "goal": wanted(self.goal), **columns}


@transaction.atomic
def plan_campaign(*, process: Process, plan: Plan) -> Campaign:
    refuse_unless_published(process)
    with named_once(_("Une autre campagne porte déjà ce nom ici.")):
        return Campaign.objects.create(process=process, **plan.columns())


@transaction.atomic
def change_campaign(*, campaign: Campaign, plan: Plan) -> None:
    with named_once(_("Une autre campagne porte déjà ce nom ici.")):
        Campaign.objects.filter(pk=campaign.pk).update(**plan.columns())
