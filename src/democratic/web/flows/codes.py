"""Codes of a flow: what is printed for each place; and how the flow fares from each."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.conversations.editing import give_code
from democratic.web.desk.access import for_agents
from democratic.web.desk.chain import Place
from democratic.web.desk.pages import Asked, ask
from democratic.web.flows.forms import CodeForm
from democratic.web.flows.reading import desk_flow, flow_crumbs, flow_path
from democratic.web.flows.views import title
from democratic.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def new(request: Request, slug: str, flow: UUID) -> HttpResponse:
    found = desk_flow(request, slug, flow)

    def act(cleaned: dict[str, Any]) -> str:
        cents = int((cleaned.pop("cost") or 0) * 100)
        given = give_code(flow=found, cost=cents, **cleaned)
        return flow_path(found, f"codes/{given.code}")

    asked = Asked(
        title=_("Donner un code"),
        lead=_("Un par lieu, par établissement, par relais : il dit d’où l’on est venu, jamais qui."),
        send=_("Donner ce code"),
        done=_("Le code est prêt, son kit aussi."),
        place=Place.PROCESS,
        crumbs=flow_crumbs(found, title()),
        is_public=False,
    )
    return ask(request, CodeForm(request.POST or None), act, asked)
