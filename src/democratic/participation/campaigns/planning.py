"""Planning a campaign: what it is, and whom it wants to hear by which means. Between agents: no Entry is written."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.campaigns.models import NAME_LIMIT, Campaign, CampaignPublic, Means
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import refuse_unless_published
from democratic.people.models import AgeBand
from democratic.thread.models import Place

MOST_WANTED = 1_000_000


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
        return {"name": _named(self.name), "goal": _wanted(self.goal), **columns}


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
            "name": _named(self.name),
            "goal": _wanted(self.goal),
            "bands": [band.value for band in AgeBand if band in self.bands],
            "place": self.place,
            "means": [each.value for each in Means if each in self.means],
        }


@transaction.atomic
def plan_campaign(*, process: Process, plan: Plan) -> Campaign:
    refuse_unless_published(process)
    with _named_once(_("Une autre campagne porte déjà ce nom ici.")):
        return Campaign.objects.create(process=process, **plan.columns())


@transaction.atomic
def change_campaign(*, campaign: Campaign, plan: Plan) -> None:
    with _named_once(_("Une autre campagne porte déjà ce nom ici.")):
        Campaign.objects.filter(pk=campaign.pk).update(**plan.columns())


@transaction.atomic
def add_public(*, campaign: Campaign, wanted: Wanted) -> CampaignPublic:
    with _named_once(_("Un autre public porte déjà ce nom dans cette campagne.")):
        return CampaignPublic.objects.create(campaign=campaign, **wanted.columns())


@transaction.atomic
def change_public(*, public: CampaignPublic, wanted: Wanted) -> None:
    with _named_once(_("Un autre public porte déjà ce nom dans cette campagne.")):
        CampaignPublic.objects.filter(pk=public.pk).update(**wanted.columns())


@transaction.atomic
def drop_public(*, public: CampaignPublic) -> None:
    """Its codes go on opening their conversation: they are of no public any more."""
    CampaignPublic.objects.filter(pk=public.pk).delete()


def _named(name: str) -> str:
    named = clean_line(name)[:NAME_LIMIT]
    if not named:
        raise Refusal(_("Donnez-lui un nom, que vos collègues reconnaissent."), field="name")
    return named


def _wanted(goal: int) -> int:
    if not 0 < goal <= MOST_WANTED:
        raise Refusal(_("Combien de personnes voulez-vous entendre ? Une au moins."), field="goal")
    return goal


@contextmanager
def _named_once(told: Any) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if "_per_name" not in str(clash):
            raise
        raise Conflict(told, field="name") from clash
