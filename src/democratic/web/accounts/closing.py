"""Closing one's account: what goes, what stays, and what must be handed over first, said before anything is done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from democratic.communities.models import Official
from democratic.demo.accounts import DEMO_ACCOUNTS
from democratic.kernel.refusals import Conflict, Refusal
from democratic.people.models import Account
from democratic.people.queries import person_and_claimed
from democratic.stewardship.actions import leave
from democratic.stewardship.queries import Held, what_binds
from democratic.thread.rules import is_agent
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.acts import refused, spend_a_write
from democratic.web.formats import number
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request, someone

CONFLICT = 409


class CloseForm(forms.Form):
    without_name = forms.BooleanField(
        label=gettext_lazy("Retirer aussi mon nom de ce que j’ai dit, et effacer mes photos"), required=False
    )
    sure = forms.BooleanField(
        label=gettext_lazy("Je ferme ce compte, et je sais qu’il ne se rouvre pas"),
        error_messages={"required": gettext_lazy("Cochez cette case pour fermer le compte.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def close(request: Request) -> HttpResponse:
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        done = _close(request, form)
        if done is not None:
            return done
    binding = what_binds(person_and_claimed(someone(request)))
    context: dict[str, Any] = {
        "account": request.user,
        "form": form,
        "binding": [told_held(each) for each in binding],
        "hand_over_url": at("/bureau/services") if is_agent(request.viewer) else "",
    }
    is_late = binding and form.is_bound and form.cleaned_data.get("sure")
    status = CONFLICT if is_late else refused(form)
    return show(
        request, Main("web/accounts/close.html", context, title=_("Fermer mon compte"), status=status)
    )


def _close(request: Request, form: CloseForm) -> HttpResponse | None:
    """A form sent twice finds nobody signed in: it needs no key."""
    account = request.user
    try:
        spend_a_write(request)
        refuse_what_is_everybodys(request)
        if isinstance(account, Account):
            leave(account=account, without_name=form.cleaned_data["without_name"], clock=request.clock)
    except Refusal as refusal:
        form.add_error(None, str(refusal.message))
        return None
    logout(request)
    messages.success(request, _("Votre compte est fermé. Ce que vous avez dit reste publié."))
    return redirect(at("/"))


def refuse_what_is_everybodys(request: Request) -> None:
    email = getattr(request.user, "email", "")
    if request.authority.is_demo and email in {account.email for account in DEMO_ACCOUNTS}:
        raise Conflict(_("Ce compte de démonstration est à tout le monde : il ne ferme pas."))


def told_held(each: Held) -> dict[str, str]:
    if isinstance(each.holder, Official):
        told = ngettext("%(n)s réponse à signer", "%(n)s réponses à signer", each.owed)
        name = f"{each.holder.name}, {each.holder.function}"
    else:
        told = ngettext("%(n)s échéance ouverte", "%(n)s échéances ouvertes", each.owed)
        name = each.holder.name
    return {"name": name, "told": told % {"n": number(each.owed)}}
