"""Pages that explain: their words are in templates/web/home, their titles here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from civics.disclosure.counts import LEAST
from democratic.communities.accessibility.queries import declarations_of
from democratic.communities.editorial.models import Menu
from democratic.communities.editorial.queries import menu_of
from democratic.communities.queries import controller_of
from democratic.kernel.data_classes import ALL_CLASSES
from democratic.observatory.queries import has_observatory
from democratic.thread.addresses import public_address
from democratic.web.pages import Main, show_stored
from democratic.web.places import at
from democratic.web.requests import Request
from democratic.web.written.declaration import told
from democratic.web.written.places import public_path

# Who hears complaints against an authority. Links to follow; nothing is asked of them by a page.
DEFENDER = "https://www.defenseurdesdroits.fr/"
DATA_PROTECTION = "https://www.cnil.fr/fr/plaintes"


@dataclass(frozen=True, slots=True)
class Text:
    path: str
    template: str
    title: Promise
    description: Promise


TEXTS = (
    Text(
        "comment-ca-marche",
        "how.html",
        _("Comment ça marche"),
        _("De la commande politique à la preuve : sept étapes, un code, une réponse due à chaque parole."),
    ),
    Text(
        "methodes",
        "methods.html",
        _("Nos méthodes de calcul"),
        _("Ce qui est compté, comment, et dans quel ordre c’est montré."),
    ),
    Text(
        "accessibilite",
        "accessibility.html",
        _("Accessibilité"),
        _("L’état du site, ce que nous vérifions, et comment signaler un obstacle."),
    ),
    Text(
        "donnees-personnelles",
        "personal_data.html",
        _("Données personnelles"),
        _("Ce qui est gardé, pourquoi, combien de temps, et comment le faire effacer."),
    ),
    Text(
        "mineurs",
        "minors.html",
        _("Ce qui est gardé, selon l’âge"),
        _(
            "Avant 15 ans, de 15 à 17 ans, et après : ce qui est gardé, ce qui ne l’est jamais, et qui décide."
        ),
    ),
    Text(
        "analyse-d-impact",
        "impact.html",
        _("Analyse d’impact : un modèle à compléter"),
        _(
            "Ce qui est dit ici montre des opinions : les risques, ce que la plateforme y fait, ce que vous décidez."
        ),
    ),
    Text(
        "mentions-legales",
        "legal.html",
        _("Mentions légales"),
        _("Qui publie, qui répond, sous quelle licence."),
    ),
    Text("plus", "more.html", _("Plus"), _("Toutes les pages, en une liste.")),
)


MENU = "more.html"  # the one that leads everywhere
ACCESSIBILITY = "accessibility.html"


def _menu(request: Request) -> dict[str, Any]:
    pages = menu_of(request.authority, Menu.MORE, request.clock.now())
    return {"pages": [(page.record.title, public_path(page)) for page in pages]}


def _declared(request: Request) -> dict[str, Any]:
    """The declaration that stands, or nothing; and those before it."""
    said = [told(each) for each in declarations_of(request.authority)]
    return {"declared": said[0] if said else None, "before": said[1:]}


def view_of(text: Text) -> Callable[..., HttpResponse]:
    @require_safe
    def shown(request: Request) -> HttpResponse:
        def build() -> Main:
            controller = controller_of(request.authority)
            context: dict[str, Any] = {
                "prefix": at(""),
                "trail": [(text.title, "")],
                "title": text.title,
                "authority": request.authority,
                "address": public_address(request.authority),
                "controller": controller,
                "conformity": controller.conformity.label,
                **(_menu(request) if text.template == MENU else {}),
                **(_declared(request) if text.template == ACCESSIBILITY else {}),
                "least": LEAST,
                "kept": ALL_CLASSES,
                "opinions": [kind for kind in ALL_CLASSES if kind.shows_opinions],
                "is_judged": text.template == MENU and has_observatory(request.authority),
                "defender": DEFENDER,
                "data_protection": DATA_PROTECTION,
            }
            return Main(f"web/home/{text.template}", context, str(text.title), str(text.description))

        return show_stored(request, request.authority.pk, build)

    return shown
