"""The desk's two kinds of page: one that shows, and one that asks."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.functional import Promise

from democratic.kernel.ids import uuid7
from democratic.web.acts import attempt, refused
from democratic.web.pages import Main, show
from democratic.web.requests import Request

Act = Callable[[dict[str, Any]], str]
Text = str | Promise


def desk_page(
    request: Request, template: str, context: Mapping[str, Any], *, title: Text, status: int = 200
) -> HttpResponse:
    return show(request, Main(f"web/desk/{template}", context, title=str(title), status=status))


def ask(
    request: Request,
    form: forms.Form,
    act: Act,
    *,
    title: Text,
    send: Text,
    done: Text,
    back: str,
    lead: Text = "",
    subject: str = "",
) -> HttpResponse:
    """A form on a page of its own: asked, acted on once, or shown again with everything that was typed."""
    if request.method == "POST":
        location = attempt(request, form, lambda _person, cleaned: act(cleaned))
        if location is not None:
            messages.success(request, str(done))
            return location
    context = {
        "form": form,
        "heading": title,
        "lead": lead,
        "send": send,
        "back": back,
        "subject": subject,
        "key": request.POST.get("key") or uuid7().hex,
        "has_files": form.is_multipart(),
    }
    return desk_page(request, "form.html", context, title=title, status=refused(form))
