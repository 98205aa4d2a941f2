"""The page that signs in, with this authority's identity services; and signing out, of the service as well."""

from typing import Any

from allauth.account import views as allauth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from democratic.thread.addresses import public_address
from democratic.web.accounts.identity.arriving import HINT
from democratic.web.accounts.identity.oidc import Service, ServiceDown
from democratic.web.accounts.identity.views import going_to
from democratic.web.headers import HOLDS_WORDS
from democratic.web.requests import Request


class LoginView(allauth.LoginView):
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)
        providers = settings.IDENTITY.of(self.request.authority.slug)
        return context | {"providers": providers}


def sign_out(request: Request) -> HttpResponse:
    """Here at once; then at FranceConnect, which would let the next person of this device in by itself."""
    hint: dict[str, str] = request.session.get(HINT) or {}
    provider = settings.IDENTITY.get(request.authority.slug, hint.get("provider", ""))
    if request.method != "POST" or provider is None:
        return _leave(request)
    logout(request)
    try:
        url = Service(provider).end(hint["id_token"], f"{public_address(request.authority)}/")
    except ServiceDown:
        url = ""
    if url:
        return going_to(request, url, provider.name)
    messages.info(
        request, _("Vous êtes déconnecté ici, mais peut-être pas de %(name)s.") % {"name": provider.name}
    )
    return _leave(request)


def _leave(request: Request) -> HttpResponse:
    left: HttpResponse = allauth.logout(request)
    if request.method == "POST" and HOLDS_WORDS in request.COOKIES:
        return redirect(f"{reverse('terrain')}#quitter")  # where she says what becomes of words not sent yet
    return left
