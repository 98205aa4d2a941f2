"""The codes of a public: those that are there already, or a new one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.campaigns.codes import give_public_code, join_codes
from democratic.participation.campaigns.queries import codes_to_join
from democratic.participation.conversations.models import Flow
from democratic.web.campaigns.forms import JoinForm, PublicCodeForm
from democratic.web.campaigns.reading import campaign_crumbs, campaign_path, desk_public
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask
from democratic.web.requests import Request

MOST_FLOWS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def join(request: Request, slug: str, campaign: UUID, public: UUID) -> HttpResponse:
    found = desk_public(request, slug, campaign, public)
    codes = codes_to_join(found)
    held = set(found.codes.values_list("code", flat=True))
    choices = [(str(each.pk), f"{each.code} · {each.label} · {each.flow.name}") for each in codes]
    initial = {"codes": [str(pk) for pk in held]}

    def act(cleaned: dict[str, Any]) -> str:
        join_codes(public=found, codes=[UUID(each) for each in cleaned["codes"]])
        return campaign_path(found.campaign)

    asked = Asked(
        title=_("Les codes de « %(name)s »") % {"name": found.name},
        lead=_(
            "Ce qui arrive par ces codes est compté pour ce public ; un code dit d’où l’on vient, jamais qui."
        ),
        send=_("Enregistrer"),
        done=_("Les codes de ce public sont enregistrés."),
        crumbs=campaign_crumbs(found.campaign),
    )
    return ask(request, JoinForm(choices, request.POST or None, initial=initial), act, asked)


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def new(request: Request, slug: str, campaign: UUID, public: UUID) -> HttpResponse:
    found = desk_public(request, slug, campaign, public)
    rows = Flow.objects.filter(process=found.campaign.process_id).order_by("-pk")[:MOST_FLOWS]
    flows = {str(each.pk): each for each in rows}
    for each in flows.values():
        each.process = found.campaign.process

    def act(cleaned: dict[str, Any]) -> str:
        cents = int((cleaned.pop("cost") or 0) * 100)
        flow = flows[cleaned.pop("flow")]
        give_public_code(public=found, flow=flow, cost=cents, **cleaned)
        return campaign_path(found.campaign)

    asked = Asked(
        title=_("Donner un code à « %(name)s »") % {"name": found.name},
        lead=_("Un par lieu, par établissement, par relais : il dit d’où l’on est venu, jamais qui."),
        send=_("Donner ce code"),
        done=_("Le code est prêt."),
        crumbs=campaign_crumbs(found.campaign),
    )
    form = PublicCodeForm([(pk, each.name) for pk, each in flows.items()], request.POST or None)
    return ask(request, form, act, asked)
