"""The kit of one code at the desk: what is printed, posted and said for a place; and the link that hands it to a relay."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import TooMany
from democratic.participation.conversations.models import Flow, FlowCode
from democratic.participation.conversations.relaying import (
    Over,
    codes_in_use,
    relay_url,
    retire_code,
)
from democratic.web.acts import respond_to_refusal
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page
from democratic.web.flows.reading import desk_code, desk_flow, flow_crumbs, flow_path
from democratic.web.flows.views import title
from democratic.web.kits.giving import give
from democratic.web.processes.days import today_of
from democratic.web.relays.bundle import every_file, give_kit, give_zip
from democratic.web.relays.over import gone
from democratic.web.relays.pieces import sheet_of
from democratic.web.relays.shown import kit_context, piece_named
from democratic.web.relays.told import CodeTold, FlowTold, told_for
from democratic.web.requests import Request

# A hundred codes are a minute of a processor.
ALL_KITS = Limit("kits-of-flow", 6, 600)


@require_safe
@for_agents
def kit(request: Request, slug: str, flow: UUID, code: str) -> HttpResponse:
    found, asked = desk_code(request, slug, flow, code)
    if asked.retired_at is not None:
        return gone(request, Over.RETIRED)
    told = _told(request, asked)
    here = flow_path(found, f"codes/{asked.code}")
    context: dict[str, Any] = {
        "asked": asked,
        "here": here,
        "screens": flow_path(found, f"codes/{asked.code}/ecrans"),
        "flow_url": flow_path(found),
        "relay": "",
        "told": told,
    }
    if told is not None:
        context |= kit_context(told, here)
        context["relay"] = relay_url(asked, request.authority, get_language() or "fr")
    name = _("Le kit de %(code)s") % {"code": asked.code}
    return desk_page(request, "code_kit.html", context, title=name, crumbs=flow_crumbs(found, title()))


@require_safe
@for_agents
def piece(request: Request, slug: str, flow: UUID, code: str, key: str, form: str) -> HttpResponse:
    _found, asked = desk_code(request, slug, flow, code)
    (wanted, form), told = piece_named(key, form), _told(request, asked)
    if told is None:
        raise Http404
    return give(request, sheet_of(wanted, told), form, name=f"{key}-{asked.code}")


@require_safe
@for_agents
def whole(request: Request, slug: str, flow: UUID, code: str) -> HttpResponse | StreamingHttpResponse:
    _found, asked = desk_code(request, slug, flow, code)
    told = _told(request, asked)
    if told is None:
        raise Http404
    return give_kit(told)


@require_safe
@for_agents
def every(request: Request, slug: str, flow: UUID) -> HttpResponse | StreamingHttpResponse:
    """The kits of all the codes that open this flow, one folder each."""
    found = desk_flow(request, slug, flow)
    codes, told = codes_in_use(found), _flow_told(request, found)
    if told is None or not codes:
        raise Http404
    try:
        spend(ALL_KITS, str(found.pk))
    except TooMany as refusal:
        return respond_to_refusal(refusal)
    files = every_file(_each(told, codes), get_language() or "fr")
    return give_zip(files, told.made_on, f"kits-{slug}")


def _each(told: FlowTold, codes: list[FlowCode]) -> Iterator[CodeTold]:
    return (told.of(code) for code in codes)


@require_POST
@for_agents
def retire(request: Request, slug: str, flow: UUID, code: str) -> HttpResponse:
    found, asked = desk_code(request, slug, flow, code)
    retire_code(code=asked, clock=request.clock)
    messages.success(request, _("Code retiré : il n’ouvre plus rien, et le lien du relais non plus."))
    return redirect(flow_path(found))


def _flow_told(request: Request, found: Flow) -> FlowTold | None:
    """None while there is nothing to announce: a draft, or a flow that is shut."""
    return told_for(found, today_of(request))


def _told(request: Request, asked: FlowCode) -> CodeTold | None:
    told = _flow_told(request, asked.flow) if asked.retired_at is None else None
    return told.of(asked) if told else None
