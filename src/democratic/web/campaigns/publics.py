"""A public of a campaign: added, changed, taken away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.participation.campaigns.counting import municipalities_of
from democratic.participation.campaigns.models import Campaign, CampaignPublic
from democratic.participation.campaigns.publics import Wanted, add_public, change_public, drop_public
from democratic.thread.models import Place
from democratic.web.campaigns.forms import PublicForm
from democratic.web.campaigns.reading import campaign_crumbs, campaign_path, desk_campaign, desk_public
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask
from democratic.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def new(request: Request, slug: str, campaign: UUID) -> HttpResponse:
    found = desk_campaign(request, slug, campaign)
    form, places = _form(request, found)

    def act(cleaned: dict[str, Any]) -> str:
        public = add_public(campaign=found, wanted=_wanted(cleaned, places))
        return campaign_path(found, f"publics/{public.pk}/codes")

    asked = Asked(
        title=_("Ajouter un public"),
        lead=_("Des personnes que l’on veut entendre, et les moyens de les trouver là où elles sont."),
        send=_("Ajouter ce public"),
        done=_("Le public est ajouté. Dites par quels codes il viendra."),
        crumbs=campaign_crumbs(found),
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def change(request: Request, slug: str, campaign: UUID, public: UUID) -> HttpResponse:
    found = desk_public(request, slug, campaign, public)
    form, places = _form(request, found.campaign, found)

    def act(cleaned: dict[str, Any]) -> str:
        change_public(public=found, wanted=_wanted(cleaned, places))
        return campaign_path(found.campaign)

    asked = Asked(
        title=_("Modifier ce public"),
        send=_("Enregistrer"),
        done=_("C’est enregistré."),
        crumbs=campaign_crumbs(found.campaign),
    )
    return ask(request, form, act, asked)


@require_POST
@for_agents
def drop(request: Request, slug: str, campaign: UUID, public: UUID) -> HttpResponse:
    found = desk_public(request, slug, campaign, public)
    drop_public(public=found)
    messages.success(request, _("Ce public est retiré. Ses codes ouvrent toujours leur conversation."))
    return redirect(campaign_path(found.campaign))


def _form(
    request: Request, campaign: Campaign, public: CampaignPublic | None = None
) -> tuple[PublicForm, dict[str, Place]]:
    places = {str(each.pk): each for each in municipalities_of(campaign.process.authority)}
    initial = _initial(public) if public else {}
    form = PublicForm([(pk, each.name) for pk, each in places.items()], request.POST or None, initial=initial)
    return form, places


def _initial(public: CampaignPublic) -> dict[str, Any]:
    names = ("name", "bands", "goal", "means")
    return {name: getattr(public, name) for name in names} | {"place": str(public.place_id or "")}


def _wanted(cleaned: dict[str, Any], places: dict[str, Place]) -> Wanted:
    return Wanted(**cleaned | {"place": places.get(cleaned["place"])})
