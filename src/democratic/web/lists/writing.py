"""The message to a list: looked at as it would arrive, with its length and its price, then sent."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from democratic.kernel.ids import uuid7
from democratic.kernel.refusals import Refusal
from democratic.messaging.models import MessageTemplate
from democratic.messaging.ports import channel_of
from democratic.participation.campaigns.lists.composing import Composed
from democratic.participation.campaigns.lists.models import AddressList
from democratic.participation.campaigns.lists.reached import fare_of, reachable
from democratic.participation.campaigns.lists.steering import (
    Draft,
    begin_wave,
    codes_to_answer,
    compose_draft,
)
from democratic.participation.conversations.models import FlowCode
from democratic.web.acts import attempt, refused, refused_by, spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import acknowledge, desk_page
from democratic.web.formats import euros, number
from democratic.web.lists.reading import desk_list, list_crumbs, list_path
from democratic.web.lists.wave_form import WaveForm
from democratic.web.requests import Request

SEND = "send"
MILLS, MILLS_OF_A_CENT = 1000, 10


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def new(request: Request, slug: str, campaign: UUID, one: UUID) -> HttpResponse:
    found = desk_list(request, slug, campaign, one)
    codes = {str(each.pk): each for each in codes_to_answer(found.campaign)}
    templates = _templates(found)
    form = _form(request, found, codes, templates)
    looked: dict[str, Any] | None = None
    if form.is_bound and request.POST.get("part") == SEND:
        location = attempt(
            request, form, lambda _person, cleaned: _send(request, found, codes, templates, cleaned)
        )
        if location is not None:
            acknowledge(
                request, _("C’est lancé : les messages partent aux heures du canal, un par personne.")
            )
            return location
    elif form.is_bound:
        looked = _look(request, found, form, codes, templates)
    context = {
        "form": form,
        "looked": looked,
        "has_codes": bool(codes),
        "lead": _lead(reachable(found)),
        "codes_at": list_crumbs(found)[-2][1],
        "key": request.POST.get("key") or uuid7().hex,
    }
    status = 200 if looked else refused(form)
    title = _("Écrire à « %(name)s »") % {"name": found.name}
    return desk_page(
        request, "list_write.html", context, title=title, crumbs=list_crumbs(found), status=status
    )


def _lead(n: int) -> str:
    told = ngettext(
        "%(n)s personne peut recevoir ce message.", "%(n)s personnes peuvent recevoir ce message.", n
    )
    return told % {"n": number(n)}


def _form(
    request: Request, found: AddressList, codes: dict[str, FlowCode], templates: dict[str, MessageTemplate]
) -> WaveForm:
    needs = not channel_of(found.kind).can.writes_first
    said = [(pk, f"{each.code} · {each.label} · {each.flow.name}") for pk, each in codes.items()]
    named = [(pk, f"{each.name} ({each.language})") for pk, each in templates.items()] if needs else None
    initial = {"fare": Decimal(fare) / MILLS} if (fare := fare_of(found)) else {}
    return WaveForm(said, named, request.POST if request.method == "POST" else None, initial=initial)


def _templates(found: AddressList) -> dict[str, MessageTemplate]:
    rows = MessageTemplate.objects.filter(
        authority=found.campaign.process.authority_id, kind=found.kind, retired_at=None
    )
    return {str(each.pk): each for each in rows.order_by("name", "language")[:100]}


def _draft(
    codes: dict[str, FlowCode], templates: dict[str, MessageTemplate], cleaned: dict[str, Any]
) -> Draft:
    return Draft(
        codes[cleaned["code"]],
        cleaned.get("text", ""),
        templates.get(cleaned.get("template", "")),
        round((cleaned["fare"] or 0) * MILLS),
    )


def _send(
    request: Request,
    found: AddressList,
    codes: dict[str, FlowCode],
    templates: dict[str, MessageTemplate],
    cleaned: dict[str, Any],
) -> str:
    begin_wave(address_list=found, draft=_draft(codes, templates, cleaned), clock=request.clock)
    return list_path(found)


def _look(
    request: Request,
    found: AddressList,
    form: WaveForm,
    codes: dict[str, FlowCode],
    templates: dict[str, MessageTemplate],
) -> dict[str, Any] | None:
    if not form.is_valid():
        return None
    try:
        spend_a_write(request)
        draft = _draft(codes, templates, form.cleaned_data)
        composed = compose_draft(found, draft)
    except Refusal as refusal:
        refused_by(form, refusal)
        return None
    people = reachable(found)
    return {
        "body": composed.body,
        "why": composed.why,
        "length": _length(composed),
        "is_long": composed.parts > 1,
        "price": euros(round(people * composed.parts * draft.fare / MILLS_OF_A_CENT)) if draft.fare else "",
    }


def _length(composed: Composed) -> str:
    length = composed.length
    if length is None:
        return _("%(n)s signes") % {"n": number(len(composed.body))}
    said = ngettext(
        "%(signs)s signes : %(n)s SMS par personne", "%(signs)s signes : %(n)s SMS par personne", length.parts
    )
    return said % {"signs": number(length.units), "n": number(length.parts)}
