"""The application's page, its service worker and its manifest: the same for everyone, nothing personal in them."""

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.web.pages import as_safe
from democratic.web.places import root
from democratic.web.requests import Request
from democratic.web.shell import look_of
from democratic.web.street_kit.parcel import addresses, agent_script, symbols
from democratic.web.street_kit.policy import HEADERS
from democratic.web.street_kit.words import words


@require_safe
def shell(request: Request) -> HttpResponse:
    return HttpResponse(_page(request), headers=HEADERS)


@require_safe
def agent(request: Request) -> HttpResponse:
    """The service worker; its scope is the page's own address, one level above its own."""
    look = look_of(request.authority.accent, "")["theme_css"]
    manifest_url = reverse("terrain_manifest")
    more = [manifest_url, *([look] if look else [])]
    script = agent_script(_page(request), reverse("terrain"), more)
    told = HEADERS | {"Service-Worker-Allowed": reverse("terrain")}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=told)


@require_safe
def manifest(request: Request) -> HttpResponse:
    icons = [
        {"src": url, "sizes": sizes, "type": type_, "purpose": "any"}
        for url, sizes, type_ in (
            (_file("img/favicon.svg"), "any", "image/svg+xml"),
            (_file("img/terrain-192.png"), "192x192", "image/png"),
        )
    ]
    told = {
        "id": reverse("terrain"),
        "name": _("Terrain · %(authority)s") % {"authority": request.authority.name},
        "short_name": _("Terrain"),
        "lang": get_language(),
        "start_url": reverse("terrain"),
        "scope": reverse("terrain"),
        "display": "standalone",
        "background_color": "#faf7f0",
        "theme_color": "#faf7f0",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json", headers=HEADERS)


def _file(name: str) -> str:
    return next(address for address in addresses() if address.endswith(name))


def _page(request: Request) -> str:
    authority = request.authority
    context = {
        "authority": authority,
        "language": get_language(),
        "symbols": as_safe(symbols()),
        "words": words(),
        "api": f"{root()}/terrain",
        "styles": _file("terrain.css"),
        "script": _file("js/terrain/app.js"),
        "favicon": _file("img/favicon.svg"),
        "touch_icon": _file("img/terrain-192.png"),
        **look_of(authority.accent, authority.identity),
    }
    return render_to_string("web/street_kit/shell.html", context)
