"""What the authority says of itself, kept by its administrators: legal pages, colour, languages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.describing import (
    Declaration,
    choose_languages,
    describe_controller,
)
from democratic.communities.identity import Identity, describe_identity
from democratic.communities.queries import controller_of
from democratic.web.desk.access import for_administrators
from democratic.web.desk.forms.authority import AppearanceForm, DeclarationForm, LanguagesForm
from democratic.web.desk.forms.identity import IdentityForm
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.desk.steps import FROM_START
from democratic.web.places import at
from democratic.web.requests import Request

TITLE = gettext_lazy("La collectivité")


def authority_path(page: str = "") -> str:
    return at("/bureau/collectivite" + (f"/{page}" if page else ""))


@require_GET
@for_administrators
def about(request: Request) -> HttpResponse:
    controller = controller_of(request.authority)
    zones = {zone: str(name) for zone, name in LanguagesForm.ZONES}
    context = {
        "controller": controller,
        "appearance": request.authority.accent
        or dict(AppearanceForm.base_fields["identity"].choices)[request.authority.identity],  # type: ignore[attr-defined]
        "languages": _("Français et anglais") if request.authority.speaks("en") else _("Français seulement"),
        "zone": zones.get(request.authority.time_zone, request.authority.time_zone),
        "pages": {
            page: authority_path(page)
            for page in ("identite", "legal", "apparence", "logo", "territoire", "messagerie", "langues")
        },
    }
    return desk_page(request, "authority.html", context, title=str(TITLE))


@require_http_methods(["GET", "POST"])
@for_administrators
def identity(request: Request) -> HttpResponse:
    form = IdentityForm.of(request.authority, controller_of(request.authority), request.POST or None)
    asked = _asked(
        _("Qui vous êtes"), _("Vos pages le montrent dès que vous enregistrez : en tête, et au pied.")
    )

    def act(cleaned: dict[str, Any]) -> None:
        describe_identity(authority=request.authority, said=Identity(**cleaned), clock=request.clock)

    return _ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
def declaration(request: Request) -> HttpResponse:
    form = DeclarationForm.of(controller_of(request.authority), request.POST or None)
    asked = _asked(
        _("Les mentions légales"), _("Elles paraissent sur les pages légales dès que vous enregistrez.")
    )

    def act(cleaned: dict[str, Any]) -> None:
        describe_controller(authority=request.authority, declared=Declaration(**cleaned), clock=request.clock)

    return _ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
def languages(request: Request) -> HttpResponse:
    form = LanguagesForm.of(request.authority, request.POST or None)
    asked = _asked(_("Langues et heures"), _("Ce que disent les gens reste dans leur langue."))

    def act(cleaned: dict[str, Any]) -> None:
        choose_languages(
            authority=request.authority,
            languages=cleaned["languages"],
            time_zone=cleaned["time_zone"],
            clock=request.clock,
        )

    return _ask(request, form, act, asked)


def after_saving(request: Request) -> str:
    """Back to the steps for who came from there."""
    return at("/bureau/demarrer") if request.GET.get("depuis") == FROM_START else authority_path()


def _asked(title: str | Promise, lead: str | Promise) -> Asked:
    return Asked(
        title=title,
        lead=lead,
        send=_("Enregistrer"),
        done=_("C’est enregistré."),
        crumbs=((TITLE, authority_path()),),
    )


def _ask(
    request: Request, form: forms.Form, act: Callable[[dict[str, Any]], None], asked: Asked
) -> HttpResponse:
    def go(cleaned: dict[str, Any]) -> str:
        act(cleaned)
        return after_saving(request)

    return ask(request, form, go, asked)
