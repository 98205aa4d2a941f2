"""The accessibility declaration at the desk: the one that stands, until when, those before, and how to make the next."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.accessibility.queries import declarations_of, is_due_again
from democratic.communities.declaring import declare_accessibility
from democratic.web.desk.access import for_administrators, for_agents
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.editorial.accessibility.forms import DeclarationForm
from democratic.web.places import at
from democratic.web.processes.days import today_of
from democratic.web.requests import Request
from democratic.web.written.declaration import told

DESK = "/bureau/accessibilite"


@require_GET
@for_agents
def board(request: Request) -> HttpResponse:
    found = declarations_of(request.authority)
    context = {
        "declarations": [told(each) for each in found],
        "is_due": is_due_again(found, today_of(request)),
        "new_url": at(f"{DESK}/nouvelle"),
        "public_url": at("/accessibilite"),
        "empty": {
            "what": _("Aucune déclaration"),
            "why": _(
                "La loi demande à chaque site public de dire son état. Sans audit, il est non conforme :"
                " la page publique l’écrit déjà."
            ),
            "who": _("Qui administre la remplit, d’après l’audit, en cinq minutes."),
            "action": (_("Déclarer"), at(f"{DESK}/nouvelle")),
        },
    }
    return desk_page(request, "accessibility.html", context, title=_("Accessibilité"))


@require_http_methods(["GET", "POST"])
@for_administrators
def new(request: Request) -> HttpResponse:
    found = declarations_of(request.authority)
    form = DeclarationForm.of(found[0] if found else None, request.POST or None)

    def act(_cleaned: dict[str, Any]) -> str:
        declare_accessibility(authority=request.authority, declared=form.declared(), clock=request.clock)
        return at(DESK)

    asked = Asked(
        title=_("Déclarer l’accessibilité"),
        lead=_("Elle remplace la précédente, qui reste dans la liste, et vaut trois ans."),
        send=_("Publier la déclaration"),
        done=_("La déclaration est publiée ; le pied de chaque page le dit aussi."),
        crumbs=((_("Accessibilité"), at(DESK)),),
        is_announced=True,
    )
    return ask(request, form, act, asked)
