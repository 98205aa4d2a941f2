"""The secret address of one's follows: made when it is asked for and shown once, made again or taken back at will."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.refusals import Refusal
from democratic.thread.actions.follows_address import make_follows_address, revoke_follows_address
from democratic.thread.addresses import public_url
from democratic.thread.queries.follows_address import follows_address_of
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.acts import spend_a_write
from democratic.web.feed_links import Form
from democratic.web.formats import day
from democratic.web.pages import Main, show_once
from democratic.web.places import at
from democratic.web.requests import Request, someone

MAKE, REVOKE = "faire", "reprendre"


@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def change(request: Request) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    act = request.POST.get("acte", "")
    if act not in (MAKE, REVOKE):
        raise Http404
    try:
        spend_a_write(request)
        return _make(request) if act == MAKE else _revoke(request)
    except Refusal as refusal:
        return _page(request, refusal)


def _make(request: Request) -> HttpResponse:
    """Shown this once: so the page answers the form, and is not gone back to."""
    secret = make_follows_address(person=someone(request), authority=request.authority, clock=request.clock)
    return _page(request, secret=secret)


def _revoke(request: Request) -> HttpResponse:
    revoke_follows_address(person=someone(request))
    messages.success(request, _("C’est fait : cette adresse n’ouvre plus rien."))
    return redirect(at("/suivis"))


def _page(request: Request, refusal: Refusal | None = None, *, secret: str = "") -> HttpResponse:
    address = follows_address_of(someone(request))
    title = (
        _("Mes adresses, montrées une seule fois")
        if secret
        else _("Mes suivis, dans un lecteur ou un agenda")
    )
    context: dict[str, Any] = {
        "prefix": at(""),
        "trail": [(_("Mes suivis"), at("/suivis")), (title, "")],
        "title": title,
        "refusal": refusal.message if refusal else "",
        "made": day(address.made_on) if address else "",
        "addresses": _addresses(request, secret) if secret else [],
        "back": at("/suivis"),
    }
    main = Main(
        "web/accounts/follows_address.html", context, title=title, status=refusal.status if refusal else 200
    )
    return show_once(request, main)


def _addresses(request: Request, secret: str) -> list[tuple[str, str, str]]:
    """(form, what for, address) of each."""
    language = get_language() or "fr"
    what = (
        (Form.ATOM, _("Pour un lecteur de flux")),
        (Form.ICAL, _("Pour un agenda : les rencontres, les étapes, les échéances")),
        (Form.JSON, _("Pour un programme")),
    )
    return [
        (form.value, name, public_url(request.authority, f"/suivis/{secret}.{form}", language))
        for form, name in what
    ]
