"""Links given by hand, that open something: tried a bounded number of times, and all that no longer serve look alike."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.utils.translation import gettext as _

from democratic.kernel.limits import Limit, spend
from democratic.web.guests import network_of
from democratic.web.pages import Main, show
from democratic.web.requests import Request

View = Callable[..., HttpResponse]
TRIES = Limit("links-of-network", 100, 600)


def tried(view: View) -> View:
    @wraps(view)
    def counted(request: Request, secret: str) -> HttpResponse:
        spend(TRIES, network_of(request))
        return view(request, secret)

    return counted


def no_longer(request: Request) -> HttpResponse:
    """Unknown, used or too old: nothing tells them apart."""
    heading = _("Ce lien ne sert plus")
    why = _(
        "Il a déjà servi, il date de plus de quatorze jours, ou son adresse est incomplète."
        " Demandez-en un autre à qui vous l’a donné."
    )
    said = {"heading": heading, "text": why, "status": 404}
    return show(request, Main("web/error.html", said, title=heading, status=404))
