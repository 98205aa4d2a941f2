"""The schedule at the desk: a step added, changed, ticked, taken away."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.campaigns.models import Campaign, CampaignStep
from democratic.participation.campaigns.schedule import Due, add_step, change_step, drop_step, tick_step
from democratic.participation.conversations.models import Flow
from democratic.web.campaigns.codes import MOST_FLOWS
from democratic.web.campaigns.forms import StepForm
from democratic.web.campaigns.reading import campaign_crumbs, campaign_path, desk_campaign, desk_step
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask
from democratic.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def new(request: Request, slug: str, campaign: UUID) -> HttpResponse:
    found = desk_campaign(request, slug, campaign)
    form, flows = _form(request, found)

    def act(cleaned: dict[str, Any]) -> str:
        add_step(campaign=found, due=_due(found, cleaned, flows), clock=request.clock)
        return campaign_path(found)

    asked = Asked(
        title=_("Ajouter une étape"),
        lead=_("Un geste, un jour, une heure : elle se coche ici, et se dit en retard si on l’oublie."),
        send=_("Ajouter cette étape"),
        done=_("L’étape est au calendrier."),
        crumbs=campaign_crumbs(found),
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def change(request: Request, slug: str, campaign: UUID, step: UUID) -> HttpResponse:
    found = desk_step(request, slug, campaign, step)
    form, flows = _form(request, found.campaign, found)

    def act(cleaned: dict[str, Any]) -> str:
        change_step(step=found, due=_due(found.campaign, cleaned, flows), clock=request.clock)
        return campaign_path(found.campaign)

    asked = Asked(
        title=_("Modifier cette étape"),
        send=_("Enregistrer"),
        done=_("C’est enregistré."),
        crumbs=campaign_crumbs(found.campaign),
    )
    return ask(request, form, act, asked)


@require_POST
@for_agents
def tick(request: Request, slug: str, campaign: UUID, step: UUID) -> HttpResponse:
    """``faite`` says which: pressed twice, it is ticked once."""
    found = desk_step(request, slug, campaign, step)
    is_done = request.POST.get("faite") != "non"
    try:
        tick_step(step=found, is_done=is_done, clock=request.clock)
        messages.success(request, _("C’est fait.") if is_done else _("L’étape est de nouveau à faire."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(campaign_path(found.campaign))


@require_POST
@for_agents
def drop(request: Request, slug: str, campaign: UUID, step: UUID) -> HttpResponse:
    found = desk_step(request, slug, campaign, step)
    drop_step(step=found)
    messages.success(request, _("L’étape est retirée du calendrier."))
    return redirect(campaign_path(found.campaign))


def _form(
    request: Request, campaign: Campaign, step: CampaignStep | None = None
) -> tuple[StepForm, dict[str, Flow]]:
    rows = Flow.objects.filter(process=campaign.process_id).order_by("-pk")[:MOST_FLOWS]
    flows = {str(each.pk): each for each in rows}
    initial = _initial(campaign, step) if step else {"hour": "10:00"}
    form = StepForm([(pk, each.name) for pk, each in flows.items()], request.POST or None, initial=initial)
    return form, flows


def _initial(campaign: Campaign, step: CampaignStep) -> dict[str, Any]:
    due = step.due_at.astimezone(ZoneInfo(campaign.process.authority.time_zone))
    names = ("kind", "what", "means", "relay")
    told = {name: getattr(step, name) for name in names}
    return told | {"day": due.date(), "hour": due.time(), "flow": str(step.flow_id or "")}


def _due(campaign: Campaign, cleaned: dict[str, Any], flows: dict[str, Flow]) -> Due:
    zone = ZoneInfo(campaign.process.authority.time_zone)
    moment = datetime.combine(cleaned.pop("day"), cleaned.pop("hour"), zone)
    return Due(**cleaned | {"due_at": moment, "flow": flows.get(cleaned["flow"])})
