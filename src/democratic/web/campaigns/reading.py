"""The desk's guarded fetches of a campaign and of what is in it, and where its pages are."""

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from democratic.participation.campaigns.models import Campaign, CampaignPublic, CampaignStep
from democratic.participation.processes.models import Process
from democratic.web.desk.pages import Crumb, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.requests import Request

CAMPAIGNS = "campagnes"


def title() -> str:
    return _("Campagnes")


def desk_campaign(request: Request, slug: str, campaign: UUID) -> Campaign:
    process = desk_process(request, slug)
    found = Campaign.objects.filter(process=process, pk=campaign).first()
    if found is None:
        raise Http404
    found.process = process
    return found


def desk_public(request: Request, slug: str, campaign: UUID, public: UUID) -> CampaignPublic:
    inside = desk_campaign(request, slug, campaign)
    found = inside.publics.select_related("place").filter(pk=public).first()
    if found is None:
        raise Http404
    found.campaign = inside
    return found


def desk_step(request: Request, slug: str, campaign: UUID, step: UUID) -> CampaignStep:
    inside = desk_campaign(request, slug, campaign)
    found = inside.steps.select_related("flow").filter(pk=step).first()
    if found is None:
        raise Http404
    found.campaign = inside
    return found


def campaigns_path(process: Process, page: str = "") -> str:
    return process_desk_path(process, f"{CAMPAIGNS}/{page}" if page else CAMPAIGNS)


def campaign_path(campaign: Campaign, page: str = "") -> str:
    return campaigns_path(campaign.process, f"{campaign.pk}/{page}" if page else str(campaign.pk))


def campaign_crumbs(campaign: Campaign) -> tuple[Crumb, ...]:
    """Up to the campaign itself."""
    return (*process_crumbs(campaign.process, CAMPAIGNS, title()), (campaign.name, campaign_path(campaign)))
