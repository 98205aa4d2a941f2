"""What the pages of a house share: their tabs, one way to ask, one way for a button that acts."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from democratic.communities.houses.models import House, HouseMember, Right
from democratic.communities.houses.queries import Presence
from democratic.kernel.refusals import Refusal
from democratic.web.acts import spend_a_write
from democratic.web.houses.places import house_path
from democratic.web.organisations.asking import Question, Text, ask
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request


def called(member: HouseMember | None) -> str:
    """The name that she chose, or her number."""
    if member is None:
        return ""
    return member.name or _("Membre %(n)d") % {"n": member.number}


def _tabs(presence: Presence, here: str) -> list[tuple[str, str, bool]]:
    pages = [
        ("maison", _("Accueil")),
        ("discussions", _("Discussions")),
        ("ordre-du-jour", _("Rencontres")),
        ("avis", _("Avis")),
        ("charte/projet", _("Charte")),
        ("roles", _("Rôles")),
        ("savoir-faire", _("Savoir-faire")),
        ("passation", _("Passation")),
    ]
    if presence.may(Right.INVITE):
        pages.append(("codes", _("Codes")))
    return [(label, house_path(presence.house, page), page == here) for page, label in pages]


HOME = "maison"


def trail_of(house: House, *more: tuple[str, str]) -> list[tuple[str, str]]:
    home = house_path(house, HOME)
    further = [crumb for crumb in more if crumb[1] != home]
    return [(house.organisation.name, house_path(house)), (_("Chez nous"), home), *further]


def home_page(
    request: Request,
    presence: Presence,
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    here: str,
    above: tuple[str, str] | None = None,
) -> HttpResponse:
    house = presence.house
    trail = trail_of(house)[:-1] if here == HOME else trail_of(house, *([above] if above else []))
    framed = {
        "prefix": at(""),
        "trail": [*trail, (title, "")],
        "title": title,
        "body_name": house.organisation.name,
        "tu": house.is_youth,
        "tabs": _tabs(presence, here),
        "is_member": presence.member is not None,
        "base": house_path(house),
        **context,
    }
    return show(request, Main(f"web/houses/{template}", framed, title=title))


def ask_at_home(
    request: Request,
    presence: Presence,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    *,
    title: Text,
    lead: Text,
    send: Text,
    done: Text,
    above: tuple[str, str],
    public: Text = "",
) -> HttpResponse:
    trail = trail_of(presence.house, above)
    return ask(request, form, act, Question(title, lead, send, done, trail, public))


def press(request: Request, act: Callable[[], object], said: Text, back: str) -> HttpResponse:
    """A button: what it does is said on the page that one goes back to."""
    try:
        spend_a_write(request)
        act()
        messages.success(request, str(said))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(back)
