"""« Le territoire »: the outline drawn as the maps will draw it, and the municipalities that are proposed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from democratic.communities.settling.territory import (
    FILE,
    LIST,
    MOST_BYTES,
    as_text,
    give_communes,
    give_outline,
)
from democratic.kernel.ids import uuid7
from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import Refusal
from democratic.thread.queries.places import areas_of, listed_communes, places_of
from democratic.web.acts import attempt, refused
from democratic.web.desk.access import for_administrators
from democratic.web.desk.forms.territory import CommunesForm, OutlineForm
from democratic.web.desk.pages import desk_page
from democratic.web.desk.views.authority import TITLE, after_saving, authority_path
from democratic.web.map.drawing import draw
from democratic.web.requests import Request

OUTLINES_OF_AN_AUTHORITY = Limit("outlines-of-authority", 20, 3600)  # each is seconds of reading


@require_http_methods(["GET", "POST"])
@for_administrators
def territory(request: Request) -> HttpResponse:
    """Two forms: ``part`` says which of them was sent."""
    sent = request.POST if request.method == "POST" else None
    is_list = sent is not None and sent.get("part") == LIST
    initial = {LIST: as_text(listed_communes(request.authority))}
    outline = OutlineForm(sent, request.FILES) if sent is not None and not is_list else OutlineForm()
    communes = CommunesForm(sent, request.FILES) if is_list else CommunesForm(initial=initial)
    form: forms.Form = communes if is_list else outline
    if sent is not None:
        act = _listing(request) if is_list else _drawing(request)
        take = None if is_list else partial(_take, request)
        location = attempt(request, form, lambda _person, cleaned: act(cleaned), take)
        if location is not None:
            return location
    return desk_page(
        request,
        "territory.html",
        _context(request) | {"outline": outline, "communes": communes, "sent": form if sent else None},
        title=_("Le territoire"),
        crumbs=((TITLE, authority_path()),),
        status=refused(form),
    )


def _take(request: Request, cleaned: dict[str, Any]) -> None:
    sent = cleaned[FILE]
    if sent is None:
        raise Refusal(_("Choisissez le fichier de vos contours."), field=FILE)
    spend(OUTLINES_OF_AN_AUTHORITY, str(request.authority.pk))
    cleaned["content"] = sent.read(MOST_BYTES + 1)


def _drawing(request: Request) -> Callable[[dict[str, Any]], str]:
    def act(cleaned: dict[str, Any]) -> str:
        done = give_outline(authority=request.authority, content=cleaned["content"], clock=request.clock)
        told = ngettext(
            "%(n)d contour lu : le voici, comme la carte le dessine.",
            "%(n)d contours lus : les voici, comme la carte les dessine.",
            done.areas,
        )
        messages.success(request, told % {"n": done.areas})
        return request.get_full_path()

    return act


def _listing(request: Request) -> Callable[[dict[str, Any]], str]:
    def act(cleaned: dict[str, Any]) -> str:
        n = give_communes(authority=request.authority, text=cleaned[LIST])
        told = ngettext("%(n)d commune est proposée.", "%(n)d communes sont proposées.", n)
        messages.success(request, told % {"n": n})
        return request.get_full_path()

    return act


def _context(request: Request) -> dict[str, Any]:
    known = [each for each in places_of(request.authority) if each.is_official]
    return {
        "key": uuid7().hex,
        "drawing": draw(areas_of(request.authority), ()),
        "names": [each.name for each in known],
        "not_placed": sum(each.at is None for each in known),
        "back": after_saving(request),
    }
