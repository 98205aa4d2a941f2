"""What the key of a guest opens beside her words: all that is kept of her, to take away or to erase."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from democratic.people.models import Person
from democratic.stewardship.erasure import erase_guest
from democratic.stewardship.guests import NotAGuest, ids_of_guest
from democratic.thread.models import Record
from democratic.web.acts import refused, spend_a_write
from democratic.web.archives import archive_of
from democratic.web.ideas.forms import SecretForm
from democratic.web.pages import Main, show_once
from democratic.web.places import at
from democratic.web.requests import Request

View = Callable[[Request, Record, SecretForm], HttpResponse | StreamingHttpResponse]


class Erased(models.TextChoices):
    PERSON = "person", gettext_lazy("Tout, sauf mes paroles : elles restent publiées, sans nom")
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


def _author(record: Record) -> Person:
    ids_of_guest(record.author)
    if record.author is None:
        raise NotAGuest(_("Rien ne relie plus cette parole à une personne."))
    return record.author


def give_data(_request: Request, record: Record, _form: SecretForm) -> StreamingHttpResponse:
    return archive_of(ids_of_guest(record.author))


def ask(request: Request, record: Record, form: SecretForm) -> HttpResponse:
    return _page(request, record, form, EraseForm())


def erase(request: Request, record: Record, form: SecretForm) -> HttpResponse:
    asked = EraseForm(request.POST)
    if not asked.is_valid():
        return _page(request, record, form, asked)
    spend_a_write(request)
    is_all = asked.cleaned_data["what"] == Erased.ALL
    erase_guest(guest=_author(record), with_words=is_all, clock=request.clock)
    messages.success(request, _("C’est effacé. Rien ne vous relie plus à cette plateforme."))
    return redirect(at("/retrouver"))


def _page(request: Request, record: Record, form: SecretForm, asked: EraseForm) -> HttpResponse:
    _author(record)
    title = _("Effacer mes données")
    context: dict[str, Any] = {
        "title": title,
        "form": asked,
        "secret": form.data.get("secret", ""),
        "action": at("/retrouver/cle"),
    }
    return show_once(request, Main("web/ideas/erase.html", context, title=title, status=refused(asked)))


ACTS: Mapping[str, View] = {"donnees": give_data, "effacer": ask, "effacer-oui": erase}
