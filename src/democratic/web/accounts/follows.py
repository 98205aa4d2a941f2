from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.thread.actions import follow, unfollow
from democratic.thread.models import Authority, Follow, Volume
from democratic.thread.queries.follows_address import follows_address_of
from democratic.thread.queries.mine import follows_of, get_follow_for
from democratic.web.formats import day
from democratic.web.pages import Main, show
from democratic.web.places import at, elsewhere, record_path
from democratic.web.requests import Request

STOP = "stop"


@require_http_methods(["GET", "POST"])
def my_follows(request: Request) -> HttpResponse:
    """One page for everything that I follow and how loudly. Guests have theirs too."""
    if request.method == "POST":
        return _change(request)
    person, signed_in = request.person, request.viewer.is_signed_in
    address = follows_address_of(person) if person and signed_in else None
    context = {
        "rows": [_row(each, request.authority) for each in (follows_of(person) if person else [])],
        "volumes": Volume.choices,
        "signed_in": signed_in,
        "address_made": day(address.made_on) if address else "",
        "address_url": at("/suivis/adresse"),
        "empty": {
            "what": _("Vous ne suivez rien pour l’instant"),
            "why": _("Sur chaque page, « Suivre » vous tient au courant des étapes clés, et d’elles seules."),
            "who": _("Personne d’autre que vous ne voit ce que vous suivez."),
            "action": (_("Voir les concertations"), at("/participer")),
        },
    }
    return show(request, Main("web/accounts/follows.html", context, title=_("Mes suivis")))


def _row(following: Follow, here: Authority) -> dict[str, Any]:
    record = following.record
    path = record_path(record.kind, record.code)
    is_elsewhere = record.authority_id != here.pk
    return {
        "code": record.code,
        "title": record.title,
        "kind": record.get_kind_display(),
        "path": elsewhere(record.authority, path) if is_elsewhere else path,
        "authority": record.authority.name if is_elsewhere else "",
        "volume": following.volume,
    }


def _change(request: Request) -> HttpResponse:
    person, volume = request.person, request.POST.get("volume", "")
    following = get_follow_for(person, request.POST.get("code", "")) if person else None
    if following is None or person is None:
        messages.error(request, _("Ce suivi n’existe plus. La page a été mise à jour."))
    elif volume == STOP:
        unfollow(record=following.record, person=person)
        messages.success(request, _("Vous ne suivez plus ce sujet."))
    elif volume in Volume.values:
        follow(record=following.record, person=person, volume=volume)
        messages.success(request, _("C’est noté."))
    return redirect(at("/suivis"))
