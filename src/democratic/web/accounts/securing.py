"""One's second factors: what there is, and what to do when a role demands one. The rest is allauth's."""

from typing import Any

from allauth.mfa.base.views import IndexView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.web.accounts.doors import demands_factor
from democratic.web.pages import Main, show
from democratic.web.requests import Request


class SecurityView(IndexView):
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        providers = settings.IDENTITY.of(self.request.authority.slug)
        ours = {"factor_demanded": demands_factor(self.request), "has_identities": bool(providers)}
        return super().get_context_data(**more) | ours


index = require_GET(SecurityView.as_view())


@require_GET
@login_required
def demanded(request: Request) -> HttpResponse:
    return show(request, Main("web/accounts/factor_demanded.html", title=_("D’abord, un second facteur")))


@require_GET
@login_required
def keys(request: Request) -> HttpResponse:  # noqa: ARG001
    """Where allauth goes back to after a passkey: they are listed with the other factors."""
    return redirect("mfa_index")
