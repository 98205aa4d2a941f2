"""A link to join, shown once to who made it: as words, as a code to scan, and nowhere kept."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from democratic.communities.models import Membership
from democratic.communities.organisations.actions import Joining
from democratic.thread.addresses import public_url
from democratic.web.formats import day
from democratic.web.pages import Main, show_once
from democratic.web.places import at
from democratic.web.requests import Request


def show_link(request: Request, joining: Joining, trail: Sequence[tuple[str, str]]) -> HttpResponse:
    title = _("Un lien, montré une seule fois")
    context = {
        "prefix": at(""),
        "trail": [*trail, (title, "")],
        "title": title,
        "url": public_url(request.authority, f"/rejoindre/{joining.secret}", get_language() or "fr"),
        "until": day(joining.link.expires_at),
        "keeps": joining.link.place == Membership.Place.EDITOR,
        "name": joining.link.organisation.name,
        "back": trail[-1][1],
    }
    return show_once(request, Main("web/organisations/link.html", context, title=title))
