"""Where a link to join leads: a GET says what it is, a POST makes a member of who is signed in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.communities.models import JoinLink, Membership
from democratic.communities.organisations.actions import join
from democratic.communities.organisations.queries import open_link
from democratic.kernel.refusals import Refusal
from democratic.people.models import Account
from democratic.web.acts import refused, refused_by, spend_a_write
from democratic.web.formats import day
from democratic.web.handed import no_longer, tried
from democratic.web.organisations.places import members_path, public_path
from democratic.web.pages import Main, show
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
@tried
def join_by_link(request: Request, secret: str) -> HttpResponse:
    link = open_link(request.authority, secret, request.clock.now())
    if link is None:
        return no_longer(request)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        account = request.user
        if not isinstance(account, Account):
            return redirect_to_login(request.path)
        try:
            spend_a_write(request)
            membership = join(link=link, account=account, clock=request.clock)
        except Refusal as refusal:
            refused_by(form, refusal)
        else:
            messages.success(request, _("Bienvenue. Cette page est celle des membres, et d’eux seuls."))
            return redirect(members_path(membership.organisation))
    return show(request, _page(request, link, form))


def _page(request: Request, link: JoinLink, form: forms.Form) -> Main:
    organisation = link.organisation
    context: dict[str, Any] = {
        "form": form,
        "name": organisation.name,
        "sort": organisation.get_sort_display(),
        "text": organisation.record.text,
        "url": public_path(organisation),
        "keeps": link.place == Membership.Place.EDITOR,
        "until": day(link.expires_at),
        "is_signed_in": isinstance(request.user, Account),
        "path": request.path,
    }
    title = _("Rejoindre %(name)s") % {"name": organisation.name}
    return Main("web/organisations/join.html", context | {"title": title}, title=title, status=refused(form))
