"""The desk's two kinds of page: one that shows, and one that asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from democratic.kernel.ids import uuid7
from democratic.participation.processes.models import Process
from democratic.web.acts import attempt, refused
from democratic.web.desk.chain import Place, chain
from democratic.web.desk.groups import Text, grouped
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request

Act = Callable[[dict[str, Any]], str]
Crumb = tuple[Text, str]

LONGEST_CRUMB = 48


def process_desk_path(process: Process, page: str = "") -> str:
    return at(f"/bureau/concertations/{process.slug}" + (f"/{page}" if page else ""))


def commitment_desk_path(code: str) -> str:
    return at(f"/bureau/engagements/{code}")


def process_tabs(process: Process, here: str) -> list[tuple[str, str, bool]]:
    """For parts/tabs.html. ``here``: the last word of the page's path, empty for the stages."""
    pages = (("", _("Étapes")), ("sujets", _("Paroles")), ("reponses", _("Réponses")))
    return [(label, process_desk_path(process, page), page == here) for page, label in pages]


def process_crumbs(process: Process, page: str = "", label: Text = "") -> tuple[Crumb, ...]:
    """Up to the process, or to one of its pages."""
    first = (process.record.title, process_desk_path(process))
    return (first, (label, process_desk_path(process, page))) if page else (first,)


def _trail(crumbs: Sequence[Crumb], title: Text) -> list[tuple[str, str]]:
    passed = [(_("Mon bureau"), at("/bureau")), *crumbs, (title, "")]
    return [(Truncator(str(label)).chars(LONGEST_CRUMB), url) for label, url in passed]


def acknowledge(request: Request, told: Text, level: int = messages.SUCCESS, *, forgets: str = "") -> None:
    """What was asked for is done: the next page says so, and the browser forgets what was typed here (js/kept.js).

    ``forgets``: under which name it was kept, where that is not the address of the page.
    """
    messages.add_message(request, level, str(told), extra_tags=forgets or request.path)


def desk_page(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    *,
    title: Text,
    crumbs: Sequence[Crumb] = (),
    status: int = 200,
    accent: str = "",
) -> HttpResponse:
    """``template``: of the desk, or ``area/desk/…``. ``crumbs``: the pages between the desk's first one and this one.

    ``accent``: a colour tried on this page.
    """
    framed = {
        "prefix": at(""),
        "trail": _trail(crumbs, title),
        "title": title,
        "kept": request.path,
        "kept_by": salted_hmac("kept", str(request.person and request.person.pk)).hexdigest()[:12],
        **context,
    }
    folder = "web" if "/" in template else "web/desk"
    return show(request, Main(f"{folder}/{template}", framed, title=str(title), status=status, accent=accent))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page that asks says around its form. ``crumbs`` end with the page to go back to."""

    title: Text
    send: Text
    done: Text
    place: Place | None = None  # none: about who works here, which follows from no order
    crumbs: tuple[Crumb, ...] = ()
    lead: Text = ""
    is_public: bool = True
    is_announced: bool = False  # public, though it follows from no order
    pick: Mapping[str, str] | None = None  # the map on which the form's hidden point is chosen
    pick_hint: Text = ""

    @property
    def back(self) -> str:
        return self.crumbs[-1][1] if self.crumbs else at("/bureau")


def ask(
    request: Request,
    form: forms.Form,
    act: Act,
    asked: Asked,
    prepare: Callable[[dict[str, Any]], None] | None = None,
) -> HttpResponse:
    """A form on a page of its own: asked, acted on once, or shown again with everything that was typed."""
    if request.method == "POST":
        location = attempt(request, form, lambda _person, cleaned: act(cleaned), prepare)
        if location is not None:
            acknowledge(request, asked.done)
            return location
    context = {
        "asked": asked,
        "form": form,
        "groups": grouped(form),
        "chain": chain(asked.place) if asked.place is not None else [],
        "key": request.POST.get("key") or uuid7().hex,
        "has_files": form.is_multipart(),
    }
    return desk_page(
        request, "form.html", context, title=asked.title, crumbs=asked.crumbs, status=refused(form)
    )
