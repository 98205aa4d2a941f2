"""The publics of a campaign: whom it wants to hear, by which means. Between agents: no Entry is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Refusal
from democratic.participation.campaigns.models import Campaign, CampaignPublic, Means
from democratic.participation.campaigns.naming import named, named_once
from democratic.participation.campaigns.naming import wanted as wanted_of
from democratic.people.models import AgeBand
from democratic.thread.models import Place


@dataclass(frozen=True, slots=True)
class Wanted:
    """Some people to reach: of these bands (none: of any age), of this place (none: from anywhere)."""

    name: str
    goal: int
    bands: Sequence[str] = ()
    place: Place | None = None
    means: Sequence[str] = ()

    def columns(self) -> dict[str, Any]:
        if not self.means:
            raise Refusal(_("Choisissez au moins un moyen d’atteindre ces personnes."), field="means")
        return {
            "name": named(self.name),
            "goal": wanted_of(self.goal),
            "bands": [band.value for band in AgeBand if band in self.bands],
            "place": self.place,
            "means": [each.value for each in Means if each in self.means],
        }


@transaction.atomic
def add_public(*, campaign: Campaign, wanted: Wanted) -> CampaignPublic:
    with named_once(_("Un autre public porte déjà ce nom dans cette campagne.")):
        return CampaignPublic.objects.create(campaign=campaign, **wanted.columns())


@transaction.atomic
def change_public(*, public: CampaignPublic, wanted: Wanted) -> None:
    with named_once(_("Un autre public porte déjà ce nom dans cette campagne.")):
        CampaignPublic.objects.filter(pk=public.pk).update(**wanted.columns())


@transaction.atomic
def drop_public(*, public: CampaignPublic) -> None:
    """Its codes go on opening their conversation: they are of no public any more."""
    CampaignPublic.objects.filter(pk=public.pk).delete()
