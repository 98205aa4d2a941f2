"""Where an invitation leads: a GET says what it gives, a POST takes it, signed in with the invited address."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.communities.invitations.actions import accept_invitation
from democratic.communities.invitations.queries import waiting_invitation
from democratic.communities.models import Invitation
from democratic.kernel.refusals import Refusal
from democratic.people.models import Account
from democratic.thread.models import Role
from democratic.web.acts import refused
from democratic.web.formats import day
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request

# Who administers begins by what is not set yet; who moderates has no desk.
_FIRST_PAGES = {Role.ADMINISTRATOR: "/bureau/demarrer", Role.MODERATOR: "/compte"}


@require_http_methods(["GET", "POST"])
def answer(request: Request, secret: str) -> HttpResponse:
    invitation = waiting_invitation(request.authority, secret, request.clock.now())
    if invitation is None:
        return _no_longer(request)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        account = request.user
        if not isinstance(account, Account):
            return redirect_to_login(request.path)
        try:
            accept_invitation(invitation=invitation, account=account, clock=request.clock)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Bienvenue. Votre rôle est ouvert."))
            return redirect(at(_FIRST_PAGES.get(Role(invitation.role), "/bureau")))
    return show(request, _page(request, invitation, form))


def _page(request: Request, invitation: Invitation, form: forms.Form) -> Main:
    account = request.user
    email = account.email if isinstance(account, Account) else ""
    context: dict[str, Any] = {
        "form": form,
        "role": invitation.get_role_display(),
        "scope": invitation.process.title if invitation.process else "",
        "until": day(invitation.expires_at),
        "invited": invitation.email,
        "signed_in_as": email,
        "is_hers": email.lower() == invitation.email.lower(),
        "path": request.path,
    }
    title = _("%(authority)s vous invite") % {"authority": invitation.authority.name}
    return Main("web/accounts/invitation.html", context | {"title": title}, title=title, status=refused(form))


def _no_longer(request: Request) -> HttpResponse:
    """Unknown, used, withdrawn or too old: nothing tells them apart."""
    heading = _("Cette invitation n’est plus valable")
    why = _(
        "Elle a déjà servi, elle date de plus de sept jours, ou son adresse est incomplète. Demandez-en une autre."
    )
    said = {"heading": heading, "text": why, "status": 404}
    return show(request, Main("web/error.html", said, title=heading, status=404))
