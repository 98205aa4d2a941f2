"""What the worker asks again while it is down: whether each service of identity describes itself."""

from django.conf import settings

from democratic.kernel.outages import Part, probe_with
from democratic.web.accounts.identity.oidc import Service


def ask_services() -> None:
    """ServiceDown while one of them does not answer. SAML's are never asked: only browsers go there."""
    for provider in settings.IDENTITY.providers:
        if not provider.is_saml:
            Service(provider).described(anew=True)


probe_with(Part.IDENTITY, ask_services)
