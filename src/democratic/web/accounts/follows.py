from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.thread.actions import follow, unfollow
from democratic.thread.models import Follow, Volume
from democratic.thread.queries import RecordNotFound, get_record_for
from democratic.thread.queries.mine import follows_of
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.requests import Request

STOP = "stop"


@require_http_methods(["GET", "POST"])
def my_follows(request: Request) -> HttpResponse:
    """One page for everything that I follow and how loudly. Guests have theirs too."""
    if request.method == "POST":
        return _change(request)
    person = request.person
    context = {
        "rows": [_row(each) for each in (follows_of(person) if person else [])],
        "volumes": Volume.choices,
        "signed_in": request.viewer.is_signed_in,
        "empty": {
            "what": _("Vous ne suivez rien pour l’instant"),
            "why": _("Sur chaque page, « Suivre » vous tient au courant des étapes clés, et d’elles seules."),
            "who": _("Personne d’autre que vous ne voit ce que vous suivez."),
            "action": (_("Voir les concertations"), at("/participer")),
        },
    }
    return show(request, Main("web/accounts/follows.html", context, title=_("Mes suivis")))


def _row(following: Follow) -> dict[str, Any]:
    record = following.record
    return {
        "code": record.code,
        "title": record.title,
        "kind": record.get_kind_display(),
        "path": record_path(record.kind, record.code),
        "volume": following.volume,
    }


def _change(request: Request) -> HttpResponse:
    person, volume = request.person, request.POST.get("volume", "")
    try:
        record = get_record_for(request.viewer, request.POST.get("code", ""))
    except RecordNotFound:
        record = None
    if record is None or person is None:
        messages.error(request, _("Ce suivi n’existe plus. La page a été mise à jour."))
    elif volume == STOP:
        unfollow(record=record, person=person)
        messages.success(request, _("Vous ne suivez plus ce sujet."))
    elif volume in Volume.values:
        follow(record=record, person=person, volume=volume)
        messages.success(request, _("C’est noté."))
    return redirect(at("/suivis"))
