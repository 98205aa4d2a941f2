"""« Brancher un écran » at the desk: the link that makes a device the kiosk of a code, and what ends them all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from democratic.messaging.models import ChannelKind
from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.queries import open_code
from democratic.participation.conversations.relaying import Over
from democratic.participation.conversations.screens import let_screens_go, screen_key
from democratic.thread.addresses import public_url
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page
from democratic.web.flows.reading import desk_code, flow_crumbs, flow_path
from democratic.web.flows.views import title
from democratic.web.relays.over import gone
from democratic.web.requests import Request


@require_safe
@for_agents
def detail(request: Request, slug: str, flow: UUID, code: str) -> HttpResponse:
    """A new link each time: nothing is written for it."""
    found, asked = desk_code(request, slug, flow, code)
    if asked.retired_at is not None:
        return gone(request, Over.RETIRED)
    context = {
        "asked": asked,
        "address": _address(request, asked),
        "let_go": flow_path(found, f"codes/{asked.code}/debrancher"),
        "flow_url": flow_path(found),
    }
    name = _("Brancher un écran : %(code)s") % {"code": asked.code}
    return desk_page(request, "code_screens.html", context, title=name, crumbs=flow_crumbs(found, title()))


def _address(request: Request, asked: FlowCode) -> str:
    """Empty while no screen could ask anything."""
    opened = open_code(request.authority, asked.code, ChannelKind.KIOSK)
    if opened is None:
        return ""
    key = screen_key(opened, request.clock.now())
    return public_url(request.authority, f"/borne/{opened.code}/brancher/{key}", get_language() or "fr")


@require_POST
@for_agents
def let_go(request: Request, slug: str, flow: UUID, code: str) -> HttpResponse:
    found, asked = desk_code(request, slug, flow, code)
    let_screens_go(code=asked)
    messages.success(request, _("Écrans débranchés : plus aucun n’est la borne de ce code."))
    return redirect(flow_path(found, f"codes/{asked.code}/ecrans"))
