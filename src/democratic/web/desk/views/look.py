"""How the authority's pages look: its colour, tried before it is kept, and its logo."""

from math import floor
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.communities.describing import choose_appearance
from democratic.communities.logo import show_logo, take_logo_down
from democratic.kernel.authority_colour import (
    READABLE,
    contrast_in_the_dark,
    fault_of,
    least_contrast,
    nearest_fit,
)
from democratic.kernel.ids import uuid7
from democratic.kernel.refusals import Refusal
from democratic.web.acts import attempt, refused, spend_a_write
from democratic.web.desk.access import for_administrators
from democratic.web.desk.forms.authority import AppearanceForm
from democratic.web.desk.forms.look import LogoForm, colour_in
from democratic.web.desk.pages import desk_page
from democratic.web.desk.views.authority import TITLE, after_saving, authority_path
from democratic.web.requests import Request
from democratic.web.shell import logo_of
from democratic.web.uploads import take_file


@require_http_methods(["GET", "POST"])
@for_administrators
def appearance(request: Request) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = AppearanceForm.of(request.authority, posted)
    is_tried = posted is not None and "see" in posted

    def act(cleaned: dict[str, Any]) -> str:
        choose_appearance(
            authority=request.authority,
            identity=cleaned["identity"],
            accent=cleaned["accent"],
            clock=request.clock,
        )
        return after_saving(request)

    if posted is not None and not is_tried:
        location = attempt(request, form, lambda _person, cleaned: act(cleaned))
        if location is not None:
            messages.success(request, _("C’est enregistré."))
            return location
    tried = colour_in(form)
    worn = nearest_fit(tried) if tried else ""
    context = {
        "form": form,
        "key": request.POST.get("key") or uuid7().hex,
        "tried": _measured(tried) if tried and form.is_bound else None,
        "worn": _measured(worn) if worn else None,
        "least": _ratio(READABLE),
        "back": after_saving(request),
    }
    return desk_page(
        request,
        "look.html",
        context,
        title=_("L’apparence"),
        crumbs=((TITLE, authority_path()),),
        status=200 if is_tried else refused(form),
        accent=worn if form.is_bound else "",
    )


def _measured(colour: str) -> dict[str, Any]:
    """For a sentence: the contrast where it reads worst, in the light and in the dark."""
    return {
        "colour": colour,
        "fault": fault_of(colour),
        "light": _ratio(least_contrast(colour)),
        "dark": _ratio(contrast_in_the_dark(colour)),
    }


def _ratio(contrast: float) -> str:
    """Cut and not rounded: what is refused never shows as what is asked for."""
    return number_format(floor(contrast * 10) / 10, 1)


@require_http_methods(["GET", "POST"])
@for_administrators
def logo(request: Request) -> HttpResponse:
    is_sent = request.method == "POST"
    form = LogoForm(request.POST, request.FILES) if is_sent else LogoForm()

    def take(cleaned: dict[str, Any]) -> None:
        cleaned["kept"] = take_file(request, cleaned["file"], cleaned["alternative"])
        if cleaned["kept"] is None:
            raise Refusal(_("Choisissez le fichier de votre logo."), field="file")

    def act(cleaned: dict[str, Any]) -> str:
        show_logo(
            authority=request.authority,
            file=cleaned["kept"].file,
            alternative=cleaned["alternative"],
            clock=request.clock,
        )
        return after_saving(request)

    if is_sent:
        location = attempt(request, form, lambda _person, cleaned: act(cleaned), take)
        if location is not None:
            messages.success(request, _("Votre logo est en tête de chaque page."))
            return location
    context = {
        "form": form,
        "key": request.POST.get("key") or uuid7().hex,
        "back": after_saving(request),
        "logo": logo_of(request.authority),
        "shown": _("Le logo de la collectivité"),
    }
    return desk_page(
        request,
        "logo.html",
        context,
        title=_("Le logo"),
        crumbs=((TITLE, authority_path()),),
        status=refused(form),
    )


@require_POST
@for_administrators
def take_down(request: Request) -> HttpResponse:
    try:
        spend_a_write(request)
        take_logo_down(authority=request.authority, clock=request.clock)
        messages.success(request, _("Le logo est retiré."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(authority_path("logo"))
