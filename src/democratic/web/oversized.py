"""What is too heavy to be read: the entry says so to Django, without a byte of it, and a person gets a page."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from democratic.web.pages import Main, show
from democratic.web.requests import Request

OVERSIZED = "democratic.oversized"  # in the environ, where no header of a visitor's can write it


def refuse_oversized(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """After what says in which language, of which authority and to whom; before any view."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.META.get(OVERSIZED):
            return get_response(request)
        title = _("Cet envoi est trop lourd")
        text = _(
            "Il en passe 12 Mo au plus, et 10 Mo par fichier. Rien n’a été enregistré. Revenez en arrière : vos mots y"
            " sont encore. Choisissez une photo plus petite : une capture d’écran de la photo suffit souvent, ou la"
            " taille « moyenne » que votre téléphone propose. Ou envoyez vos mots sans elle."
        )
        context = {"heading": title, "text": text, "status": 413}
        return show(cast("Request", request), Main("web/error.html", context, title=title, status=413))

    return respond
