"""« Période de réserve », for everybody: what changes, until when, and what stays in spite of it."""

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.communities.reserve.queries import reserves_of
from democratic.thread.models import Authority
from democratic.web.editorial.reserve.drawn import LEAVES, STAYS, told
from democratic.web.pages import Main, show_stored
from democratic.web.places import at
from democratic.web.processes.days import today_of
from democratic.web.requests import Request


@require_safe
def reserve(request: Request) -> HttpResponse:
    authority = request.authority
    return show_stored(request, authority.pk, lambda: _page(authority, today_of(request)))


def _page(authority: Authority, today: date) -> Main:
    title = _("Période de réserve électorale")
    context = {
        "prefix": at(""),
        "trail": [(_("Plus"), at("/plus")), (title, "")],
        "title": title,
        "reserves": [told(each, today) for each in reserves_of(authority)],
        "leaves": LEAVES,
        "stays": STAYS,
        "empty": {
            "what": _("Aucune période de réserve n’est prévue"),
            "why": _("Elle commence le premier jour du sixième mois avant celui d’un scrutin."),
            "who": _("La collectivité en publie ici les dates."),
            "action": (_("Voir l’accueil"), at("/")),
        },
    }
    return Main("web/editorial/reserve.html", context, title)
