"""« Les pages légales »: the three that the law asks for, what each lacks, and where it is said."""

from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.communities.models import Controller
from democratic.communities.queries import controller_of
from democratic.web.desk.access import for_administrators
from democratic.web.desk.pages import desk_page
from democratic.web.desk.steps import FROM_START
from democratic.web.desk.views.authority import TITLE, after_saving, authority_path
from democratic.web.places import at
from democratic.web.requests import Request


@require_GET
@for_administrators
def pages(request: Request) -> HttpResponse:
    controller = controller_of(request.authority)
    asked = f"?depuis={FROM_START}" if request.GET.get("depuis") == FROM_START else ""
    context = {
        "pages": [_mentions(controller), _personal_data(controller), _accessibility(controller)],
        "declaration_url": authority_path("mentions") + asked,
        "identity_url": authority_path("identite") + asked,
        "back": after_saving(request),
    }
    return desk_page(
        request, "legal.html", context, title=_("Les pages légales"), crumbs=((TITLE, authority_path()),)
    )


def _mentions(said: Controller) -> dict[str, Any]:
    return _page(
        _("Mentions légales"),
        "/mentions-legales",
        _("Qui publie, qui héberge, et comment joindre l’un et l’autre (loi du 21 juin 2004)."),
        (said.postal_address, _("l’adresse postale")),
        (said.phone or said.email, _("un téléphone ou une adresse e-mail")),
        (said.publication_director, _("qui dirige la publication")),
        (said.hosting, _("l’hébergement")),
    )


def _personal_data(said: Controller) -> dict[str, Any]:
    return _page(
        _("Données personnelles"),
        "/donnees-personnelles",
        _("Ce qui est gardé s’écrit tout seul, avec son registre. Il reste à dire à qui s’adresser (RGPD)."),
        (said.officer, _("la personne déléguée à la protection des données")),
        (said.officer_email, _("son adresse e-mail")),
    )


def _accessibility(said: Controller) -> dict[str, Any]:
    page = _page(
        _("Accessibilité"),
        "/accessibilite",
        _("Où en est le site, et à qui signaler un obstacle (RGAA)."),
        (said.email, _("une adresse e-mail publique")),
    )
    without = _("Sans audit fait par des personnes, le site se dit « non conforme » au RGAA. C’est exact.")
    return page | {"note": "" if said.audited_on else without}


def _page(title: str, path: str, why: str, *wanted: tuple[object, str | Promise]) -> dict[str, Any]:
    lacks = [label for held, label in wanted if not held]
    return {"title": title, "url": at(path), "why": why, "lacks": lacks, "note": ""}
