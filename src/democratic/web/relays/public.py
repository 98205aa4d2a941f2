"""The kit in the hands of a relay, by a link and without an account; and the picture that stands beside a shared link."""

from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import TooMany
from democratic.messaging.models import ChannelKind
from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.queries import open_code
from democratic.participation.conversations.relaying import Over, came_by, code_relayed
from democratic.web.acts import respond_to_refusal
from democratic.web.formats import number
from democratic.web.guests import network_of
from democratic.web.kits.giving import give
from democratic.web.pages import Main, show_once
from democratic.web.places import at, process_path
from democratic.web.processes.days import today_of
from democratic.web.relays.bundle import give_kit
from democratic.web.relays.over import gone
from democratic.web.relays.pieces import LINK_PICTURE, sheet_of
from democratic.web.relays.shown import kit_context, piece_named
from democratic.web.relays.told import CodeTold, told_for
from democratic.web.requests import Request

KITS_OF_A_NETWORK = Limit("kits-of-network", 20, 600)


@require_safe
def relay(request: Request, token: str) -> HttpResponse:
    """No cache keeps it: its address is all that one needs to read it."""
    found = code_relayed(request.authority, token, request.clock.now())
    if isinstance(found, Over):
        return _unlisted(gone(request, found))
    process, told = found.flow.process, _told(request, found)
    context: dict[str, Any] = {
        "process": process.record.title,
        "process_url": process_path(process.slug),
        "after": at(f"/r/{found.code}/suites"),
        "thanks": _thanks(found),
        "told": told,
    }
    if told is not None:
        context |= kit_context(told, at(f"/relais/{token}"))
    name = _("Le kit de %(code)s") % {"code": found.code}
    return _unlisted(show_once(request, Main("web/relays/relay.html", context, title=name)))


@require_safe
def relay_piece(request: Request, token: str, key: str, form: str) -> HttpResponse:
    (wanted, form), told = piece_named(key, form), _told_at(request, token)
    name = f"{key}-{told.code}"
    return _unlisted(give(request, sheet_of(wanted, told), form, name=name, is_public=True))


@require_safe
def relay_kit(request: Request, token: str) -> HttpResponse | StreamingHttpResponse:
    told = _told_at(request, token)
    try:
        spend(KITS_OF_A_NETWORK, network_of(request))
    except TooMany as refusal:
        return respond_to_refusal(refusal)
    given = give_kit(told)
    given.headers["X-Robots-Tag"] = "noindex"
    return given


@require_safe
def link_picture(request: Request, code: str) -> HttpResponse:
    """What networks show beside ``/r/CODE``: of a code that opens, and of no other."""
    opened = open_code(request.authority, code, ChannelKind.WIDGET)
    told = _told(request, opened) if opened else None
    if told is None:
        raise Http404
    return give(request, sheet_of(LINK_PICTURE, told), LINK_PICTURE.form, name=told.code, is_public=True)


def _told_at(request: Request, token: str) -> CodeTold:
    """404 of all that gives no kit any more: its page says why."""
    found = code_relayed(request.authority, token, request.clock.now())
    told = None if isinstance(found, Over) else _told(request, found)
    if told is None:
        raise Http404
    return told


def _told(request: Request, code: FlowCode) -> CodeTold | None:
    told = told_for(code.flow, today_of(request))
    return told.of(code) if told else None


def _thanks(code: FlowCode) -> str:
    """Of few people, a relay who gave the code to one would learn whether that one answered."""
    came = came_by(code)
    if came is None:
        return _(
            "Dès que cinq personnes seront venues par vous, leur nombre s’affichera ici, sans rien dire d’elles."
        )
    return _("%(n)s personnes sont venues par vous. Merci.") % {"n": number(came)}


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response
