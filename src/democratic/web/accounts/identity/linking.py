"""The identity services that open one's account: those linked, the one that waits to be, and taking one away."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.refusals import Refusal
from democratic.people.identities import identities_of, unlink_identity
from democratic.people.models import Account, LinkedIdentity
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.accounts.identity.arriving import LINK, PENDING, NotExpected, link, waiting_to_link
from democratic.web.accounts.identity.declared import Provider
from democratic.web.formats import day
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
@recently_authenticated
def my_identities(request: Request) -> HttpResponse:
    account = request.user
    if not isinstance(account, Account):
        return redirect(at("/compte"))
    if request.method == "POST":
        return _act(request, account)
    waiting = _waiting(request)
    linked = identities_of(account)
    context: dict[str, Any] = {
        "waiting": waiting[0].name if waiting else "",
        "email": account.email,
        "rows": [_row(each) for each in linked],
        "providers": settings.IDENTITY.of(request.authority.slug),
        "next": at(LINK),
    }
    return show(request, Main("web/accounts/identities.html", context, title=_("Services d’identité")))


def _row(linked: LinkedIdentity) -> dict[str, str]:
    authority, _slash, slug = linked.provider.partition("/")
    known = settings.IDENTITY.get(authority, slug)
    name = known.name if known else linked.provider
    return {"ref": str(linked.pk), "name": name, "since": day(linked.linked_on)}


def _waiting(request: Request) -> tuple[Provider, Any] | None:
    held = waiting_to_link(request)
    provider = settings.IDENTITY.get(request.authority.slug, held[0]) if held else None
    return (provider, held[1]) if provider and held else None


def _act(request: Request, account: Account) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "link":
        _link(request, account)
    elif act == "leave":
        request.session.pop(PENDING, None)
    elif act == "unlink" and _unlink(request, account):
        messages.success(request, _("C’est fait : ce service n’ouvre plus votre compte."))
    return redirect(at(LINK))


def _unlink(request: Request, account: Account) -> bool:
    try:
        return unlink_identity(account=account, identity=UUID(request.POST.get("identity", "")))
    except ValueError:
        return False


def _link(request: Request, account: Account) -> None:
    waiting = _waiting(request)
    request.session.pop(PENDING, None)
    if waiting is None:
        messages.info(request, _("Ce service attend depuis trop longtemps. Recommencez."))
        return
    provider, proof = waiting
    try:
        link(request, account, provider, proof)
    except (Refusal, NotExpected) as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("C’est fait : %(name)s ouvre votre compte.") % {"name": provider.name})
