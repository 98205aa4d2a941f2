"""A device becomes the kiosk of one code by an agent's link; any other is led to the page, or told whom to ask.

Its cookie is the screen's: the same whoever stands before it.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.messaging.models import ChannelKind
from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.queries import open_code
from democratic.participation.conversations.relaying import code_once_open
from democratic.participation.conversations.screens import (
    SCREEN_LASTS,
    code_to_pair,
    is_screen_of,
    kept_by_screen,
)
from democratic.web.places import at
from democratic.web.requests import Request
from democratic.web.talks.showing import bare_page
from democratic.web.talks.ways import WAYS

COOKIE = f"{settings.OURS_ALONE}screen"
NOT_PAIRED, NO_SUCH_LINK = 403, 404


def is_paired(request: Request, code: str) -> bool:
    return is_screen_of(request.authority, code, request.COOKIES.get(COOKIE, ""), request.clock.now())


def led_on(request: Request, code: str) -> HttpResponse:
    """Where a device that is no kiosk may answer: what is said there is said on the web, and told as such."""
    opened = open_code(request.authority, code, ChannelKind.WIDGET)
    if opened is not None:
        return redirect(at(WAYS["page"].path(opened.code)))
    if code_once_open(request.authority, code) is None:
        raise Http404
    told = {"title": _("Cet écran n’est pas branché"), "lead": _("Demandez à l’accueil.")}
    return _screen(request, told, NOT_PAIRED)


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: Request, code: str, key: str) -> HttpResponse:
    """Opening the link does nothing yet: a chat looks at it, and an agent may on her own telephone."""
    found = code_to_pair(request.authority, code, key, request.clock.now())
    if found is None:
        lead = _("Il sert un quart d’heure, pour un seul code. Demandez-en un autre à qui vous l’a donné.")
        return _screen(request, {"title": _("Ce lien ne branche plus d’écran"), "lead": lead}, NO_SUCH_LINK)
    if request.method == "POST":
        return _paired(request, found)
    told = {
        "title": _("Faire de cet appareil la borne de « %(place)s »") % {"place": found.label},
        "lead": _("Il montrera les questions à qui s’arrête devant lui, et oubliera chacun."),
        "process": found.flow.process.record.title,
        "action": at(f"/borne/{found.code}/brancher/{key}"),
    }
    return _screen(request, told)


def _paired(request: Request, code: FlowCode) -> HttpResponse:
    response = redirect(at(WAYS["kiosk"].path(code.code)))
    response.set_cookie(
        COOKIE,
        kept_by_screen(code, request.clock.now()),
        max_age=SCREEN_LASTS,
        secure=settings.IS_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _screen(request: Request, told: dict[str, Any], status: int = 200) -> HttpResponse:
    return bare_page(request, "web/talks/screen.html", {"is_kiosk": True, **told}, status)
