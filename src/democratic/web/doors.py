"""The page of a host that several authorities share: it leads to each of them."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from democratic.thread.addresses import public_address
from democratic.thread.models import Authority


def show_doors(request: HttpRequest, authorities: Sequence[Authority]) -> HttpResponse:
    if not authorities:
        return HttpResponse(
            _("Aucune collectivité n’est encore ouverte ici."),
            status=503,
            content_type="text/plain; charset=utf-8",
        )
    found = [(each, f"{public_address(each)}/") for each in authorities]
    is_root = request.path == "/"
    html = render_to_string("web/doors.html", {"authorities": found, "is_root": is_root, "prefix": ""})
    return HttpResponse(html, status=200 if is_root else 404)
