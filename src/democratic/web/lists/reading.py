"""The desk's guarded fetches of a list and of a wave, and where their pages are."""

from uuid import UUID

from django.http import Http404

from democratic.participation.campaigns.lists.models import AddressList, ListWave
from democratic.participation.campaigns.models import Campaign
from democratic.web.campaigns.reading import campaign_crumbs, campaign_path, desk_campaign
from democratic.web.desk.pages import Crumb
from democratic.web.requests import Request


def desk_list(request: Request, slug: str, campaign: UUID, one: UUID) -> AddressList:
    inside = desk_campaign(request, slug, campaign)
    found = AddressList.objects.filter(campaign=inside, pk=one).first()
    if found is None:
        raise Http404
    found.campaign = inside
    return found


def desk_wave(request: Request, slug: str, campaign: UUID, one: UUID, wave: UUID) -> ListWave:
    inside = desk_list(request, slug, campaign, one)
    found = ListWave.objects.filter(address_list=inside, pk=wave).first()
    if found is None:
        raise Http404
    found.address_list = inside
    return found


def lists_path(campaign: Campaign, page: str = "") -> str:
    return campaign_path(campaign, f"listes/{page}" if page else "listes")


def list_path(address_list: AddressList, page: str = "") -> str:
    return lists_path(address_list.campaign, f"{address_list.pk}/{page}" if page else str(address_list.pk))


def list_crumbs(address_list: AddressList) -> tuple[Crumb, ...]:
    return (*campaign_crumbs(address_list.campaign), (address_list.name, list_path(address_list)))
