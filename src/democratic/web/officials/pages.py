"""Elected people, each on a page of her own: what she was asked, what she answered, what is late. Nobody is compared."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.communities.models import Official
from democratic.communities.queries import get_official, list_officials
from democratic.thread.models import Authority
from democratic.web.formats import day
from democratic.web.officials.record import build_official
from democratic.web.pages import Main, show_stored
from democratic.web.places import at, official_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.processes.paging import Paging, pager, paging_of
from democratic.web.requests import Request

ROWS = 30


@require_safe
def officials(request: Request) -> HttpResponse:
    paging = paging_of(request, ROWS)
    return show_stored(request, request.authority.pk, lambda: _list(request.authority, paging))


def _list(authority: Authority, paging: Paging) -> Main:
    found, total = list_officials(authority, offset=paging.offset, limit=paging.size)
    title = _("Élues et élus")
    context = {
        "prefix": at(""),
        "trail": [(title, "")],
        "title": title,
        "rows": [
            {
                "name": each.name,
                "function": each.function,
                "when": term_of(each),
                "is_over": each.until is not None,
                "url": official_path(each.pk),
            }
            for each in found
        ],
        "pager": pager(paging, len(found), total, at("/elus")),
        "empty": {
            "what": _("Aucune personne élue n’est encore présentée"),
            "why": _("Qui commande, répond et signe ici le fait en public, sous son nom et sa fonction."),
            "who": _("La collectivité les ajoute depuis son bureau."),
            "action": (_("Voir ce qui est demandé"), at("/commandes")),
        },
    }
    return Main("web/officials/list.html", context, title, section="follow")


def term_of(official: Official) -> str:
    if official.until and official.since:
        return _("du %(since)s au %(until)s") % {"since": day(official.since), "until": day(official.until)}
    if official.until:
        return _("jusqu’au %(until)s") % {"until": day(official.until)}
    return _("depuis le %(since)s") % {"since": day(official.since)} if official.since else ""


@require_safe
def official(request: Request, official: UUID) -> HttpResponse:
    held = get_official(request.authority, official)
    if held is None:
        raise Http404
    shown, viewer, today = request.GET.get("voir", ""), anyone(request), today_of(request)
    paging = paging_of(request, 15)
    return show_stored(
        request,
        request.authority.pk,
        lambda: build_official(viewer, held, today, shown, paging, term_of(held)),
    )
