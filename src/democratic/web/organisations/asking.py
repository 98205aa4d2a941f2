"""A page that asks one thing about an organisation, and acts once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.functional import Promise

from democratic.kernel.ids import uuid7
from democratic.web.acts import attempt, refused
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Question:
    """``trail``: the pages above this one, the last of which is gone back to. ``public``: what people will read."""

    title: Text
    lead: Text
    send: Text
    done: Text
    trail: Sequence[tuple[str, str]]
    public: Text = ""


class SureForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


def ask(
    request: Request,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    question: Question,
    prepare: Callable[[dict[str, Any]], None] | None = None,
) -> HttpResponse:
    if request.method == "POST":
        location = attempt(request, form, lambda _person, cleaned: act(cleaned), prepare)
        if location is not None:
            messages.success(request, str(question.done))
            return location
    return show_question(request, form, question)


def show_question(request: Request, form: forms.Form, question: Question) -> HttpResponse:
    context = {
        "prefix": at(""),
        "question": question,
        "trail": [*question.trail, (question.title, "")],
        "back": question.trail[-1][1],
        "form": form,
        "has_files": form.is_multipart(),
        "key": request.POST.get("key") or uuid7().hex,
    }
    main = Main("web/organisations/form.html", context, title=str(question.title), status=refused(form))
    return show(request, main)
