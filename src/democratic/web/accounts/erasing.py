"""Erasing: one's name, or everything, with or without what one said. Said first, done by a POST alone."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from democratic.kernel.refusals import Refusal
from democratic.people.models import Account
from democratic.people.queries import person_and_claimed
from democratic.stewardship.erasure import erase_account, erase_name
from democratic.stewardship.queries import what_binds
from democratic.web.accounts.closing import refuse_what_is_everybodys, told_held
from democratic.web.acts import refused, refused_by, spend_a_write
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request, someone


class Erased(models.TextChoices):
    NAME = (
        "name",
        gettext_lazy("Mon nom seulement : mes paroles restent, signées de personne ; mon compte reste"),
    )
    ACCOUNT = (
        "account",
        gettext_lazy("Tout, sauf mes paroles : elles restent publiées, sans nom, et la réponse reste due"),
    )
    ALL = (
        "all",
        gettext_lazy("Tout, et mes paroles aussi : leur page dira qu’elles ont été effacées à votre demande"),
    )


class EraseForm(forms.Form):
    what = forms.ChoiceField(
        label=gettext_lazy("Que faut-il effacer ?"),
        choices=Erased.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez ce qui doit être effacé.")},
    )
    sure = forms.BooleanField(
        label=gettext_lazy("J’ai compris : ce qui est effacé ne revient pas"),
        error_messages={"required": gettext_lazy("Cochez cette case pour effacer.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(allow_get=True)
def erase_me(request: Request) -> HttpResponse:
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        done = _erase(request, form)
        if done is not None:
            return done
    binding = what_binds(person_and_claimed(someone(request)))
    context: dict[str, Any] = {"form": form, "binding": [told_held(each) for each in binding]}
    title = _("Effacer mes données")
    return show(request, Main("web/accounts/erase.html", context, title=title, status=refused(form)))


def _erase(request: Request, form: EraseForm) -> HttpResponse | None:
    """A form sent twice finds nobody signed in, or no name left: it needs no key."""
    what, account = form.cleaned_data["what"], request.user
    try:
        spend_a_write(request)
        refuse_what_is_everybodys(request)
        if what == Erased.NAME:
            erase_name(person_ids=person_and_claimed(someone(request)), clock=request.clock)
        elif isinstance(account, Account):
            erase_account(account=account, with_words=what == Erased.ALL, clock=request.clock)
    except Refusal as refusal:
        refused_by(form, refusal)
        return None
    if what == Erased.NAME:
        messages.success(request, _("Votre nom est effacé de tout ce que vous avez dit."))
        return redirect(at("/compte"))
    logout(request)
    messages.success(request, _("C’est effacé. Rien ne vous relie plus à cette plateforme."))
    return redirect(at("/"))
