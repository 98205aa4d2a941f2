"""How a plan is said: of whom, by what, until when."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.campaigns.models import Campaign, CampaignPublic, CampaignStep, Means
from democratic.people.models import AgeBand
from democratic.web.formats import day, number


def during(campaign: Campaign) -> str:
    return _("du %(first)s au %(last)s") % {"first": day(campaign.starts_on), "last": day(campaign.ends_on)}


def of_goal(done: int, goal: int) -> str:
    told = ngettext("%(done)s personne sur %(goal)s voulues", "%(done)s personnes sur %(goal)s voulues", done)
    return told % {"done": number(done), "goal": number(goal)}


def who_of(public: CampaignPublic) -> str:
    bands = ", ".join(str(AgeBand(band).label) for band in public.bands) or _("tous les âges")
    where = public.place.name if public.place else _("tout le territoire")
    return f"{bands} · {where}"


def how_of(means: Sequence[str]) -> str:
    return ", ".join(str(Means(each).label) for each in means if each)


def step_title(step: CampaignStep) -> str:
    if step.kind == CampaignStep.Kind.TASK or step.flow is None:
        return step.what
    said = _("Ouvrir « %(name)s »") if step.kind == CampaignStep.Kind.OPEN else _("Fermer « %(name)s »")
    return said % {"name": step.flow.name}


def band_label(band: str) -> str:
    return str(AgeBand(band).label) if band in AgeBand.values else str(AgeBand.UNSAID.label)
