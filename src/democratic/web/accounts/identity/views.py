"""Signing in by an identity service: leaving for it, coming back, and what is said when that fails."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from democratic.kernel.limits import spend
from democratic.kernel.outages import Part, Unavailable, report_down, report_up
from democratic.kernel.refusals import TooMany
from democratic.thread.addresses import public_address
from democratic.web.accounts.identity import saml
from democratic.web.accounts.identity.arriving import NotExpected, arrive
from democratic.web.accounts.identity.declared import Provider
from democratic.web.accounts.identity.oidc import Departure, Proof, Service, ServiceDown
from democratic.web.accounts.identity.tokens import BadProof
from democratic.web.accounts.tries import SIGN_INS_OF_A_NETWORK
from democratic.web.guests import network_of
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request

logger = logging.getLogger(__name__)
GONE, LIFE = "identity_gone", 600  # in the session: whoever left comes back within ten minutes
POSTED = 120  # seconds: a SAML answer waits for its browser to fetch it


def provider_of(request: Request, slug: str) -> Provider:
    provider = settings.IDENTITY.get(request.authority.slug, slug)
    if provider is None:
        raise Http404
    return provider


def back_to(request: Request, provider: Provider) -> str:
    """As it is declared at the service: never read from the request, and without a language."""
    end = "saml" if provider.is_saml else "retour"
    return f"{public_address(request.authority)}/connexion/avec/{provider.slug}/{end}"


def our_name(request: Request, provider: Provider) -> str:
    """Our entity, in SAML's words: the address of our metadata."""
    return f"{public_address(request.authority)}/connexion/avec/{provider.slug}/metadonnees"


@require_POST
def leave(request: Request, provider: str) -> HttpResponse:
    asked = provider_of(request, provider)
    if too_many := _count(request):
        return too_many
    try:
        gone = _departure(request, asked)
    except ServiceDown as fault:
        raise _down(asked, fault) from fault
    request.session[GONE] = gone.kept | {
        "provider": asked.slug,
        "at": request.clock.now().timestamp(),
        "next": get_next_redirect_url(request) or "",
        "language": get_language() or "fr",
    }
    return going_to(request, gone.url, asked.name)


def _departure(request: Request, asked: Provider) -> Departure:
    if asked.is_saml:
        return saml.departure(asked, our_name(request, asked), back_to(request, asked))
    return Service(asked).departure(back_to(request, asked))


def going_to(request: Request, url: str, name: str) -> HttpResponse:
    """A page that leads there by itself, and by a link: a form may only be sent to us, redirects included."""
    title = _("Vous allez vers %(service)s") % {"service": name}
    response = show(request, Main("web/accounts/going.html", {"url": url, "name": name}, title=title))
    response.headers["Refresh"] = f"0;url={url}"
    return response


@require_GET
def come_back(request: Request, provider: str) -> HttpResponse:
    asked = provider_of(request, provider)
    if asked.is_saml:
        raise Http404

    def prove(kept: dict[str, Any]) -> Proof:
        brought = {name: values[-1] for name, values in request.GET.lists()}
        return Service(asked).arrival(brought, kept, back_to(request, asked), request.clock.now().timestamp())

    return _arrived(request, asked, prove)


@csrf_exempt  # posted by the service's page: no session comes with it, and nothing is believed of it here
@require_POST
def take_saml(request: Request, provider: str) -> HttpResponse:
    """Keep the answer, and let the browser fetch it: a form of another site brings no cookie of ours."""
    asked = provider_of(request, provider)
    if not asked.is_saml:
        raise Http404
    if too_many := _count(request):
        return too_many
    response = request.POST.get("SAMLResponse", "")
    if not 0 < len(response) <= saml.LONGEST:
        return failed(request, asked.name)
    ticket = get_random_string(32)
    cache.set(f"identity:posted:{ticket}", response, POSTED)
    return redirect(f"{at(f'/connexion/avec/{asked.slug}/saml/suite')}?r={ticket}")


@require_GET
def finish_saml(request: Request, provider: str) -> HttpResponse:
    asked = provider_of(request, provider)
    if not asked.is_saml:
        raise Http404

    def prove(kept: dict[str, Any]) -> Proof:
        key = f"identity:posted:{request.GET.get('r', '')[:32]}"
        response = cache.get(key)
        cache.delete(key)
        if not isinstance(response, str):
            raise BadProof("nothing was posted")
        return saml.arrival(asked, response, kept, our_name(request, asked), back_to(request, asked))

    return _arrived(request, asked, prove)


@require_GET
def saml_metadata(request: Request, provider: str) -> HttpResponse:
    asked = provider_of(request, provider)
    if not asked.is_saml:
        raise Http404
    described = saml.metadata(asked, our_name(request, asked), back_to(request, asked))
    return HttpResponse(described, content_type="application/samlmetadata+xml")


def _arrived(request: Request, asked: Provider, prove: Callable[[dict[str, Any]], Proof]) -> HttpResponse:
    """What was kept serves once, whatever comes of it."""
    kept = request.session.pop(GONE, None)
    if too_many := _count(request):
        return too_many
    try:
        _refuse_unless_it_left_from_here(request, asked, kept)
        proof = prove(kept)
        response = arrive(request, asked, proof, kept["next"])
    except BadProof as fault:
        logger.warning("identity: %s proved nothing (%s)", asked.slug, fault)
        return failed(request, asked.name)
    except NotExpected as fault:
        return _said(request, _("Vous n’êtes pas encore attendu ici"), fault.message, 403)
    except ServiceDown as fault:
        raise _down(asked, fault) from fault
    report_up(Part.IDENTITY)
    return response


def _refuse_unless_it_left_from_here(request: Request, asked: Provider, kept: dict[str, Any] | None) -> None:
    if not kept or kept["provider"] != asked.slug:
        raise BadProof("nobody left from this browser")
    if request.clock.now().timestamp() - kept["at"] > LIFE:
        raise BadProof("too long ago")


def _count(request: Request) -> HttpResponse | None:
    try:
        spend(SIGN_INS_OF_A_NETWORK, network_of(request))
    except TooMany as refusal:
        return _said(request, _("Trop d’essais"), str(refusal.message), 429)
    return None


def _down(asked: Provider, fault: ServiceDown) -> Unavailable:
    logger.warning("identity: %s is down (%s)", asked.slug, fault)
    report_down(Part.IDENTITY)
    return Unavailable(Part.IDENTITY)


def failed(request: Request, name: str) -> HttpResponse:
    text = _(
        "%(service)s ne nous a pas confirmé que c’est vous. Rien n’a changé. Recommencez, ou recevez un code par"
        " e-mail."
    )
    return _said(request, _("La connexion n’a pas abouti"), text % {"service": name}, 400)


def _said(request: Request, heading: str, text: str, status: int) -> HttpResponse:
    context = {"heading": heading, "text": text}
    return show(request, Main("web/accounts/not_signed_in.html", context, title=heading, status=status))
