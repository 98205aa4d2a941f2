"""The public pages of organisations: which there are, who may speak for each, what was said in its name."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.communities.models import Organisation, SpeakingMandate
from democratic.communities.organisations.queries import (
    get_organisation_for,
    list_organisations,
    said_for,
    speakers_of,
)
from democratic.kernel.clock import local_day
from democratic.participation.commitments.queries import withdrawal_of
from democratic.thread.queries import Card, RecordNotFound
from democratic.thread.rules import Viewer
from democratic.web.formats import day
from democratic.web.organisations.places import house_path_of, list_path, members_path, public_path
from democratic.web.pages import Main, show_stored
from democratic.web.places import at, record_path
from democratic.web.processes.days import anyone
from democratic.web.processes.paging import Paging, pager, paging_of
from democratic.web.requests import Request
from democratic.web.sentences import together
from democratic.web.suites.fil.phrases import text_of, title_of
from democratic.web.suites.follow import follow_context, my_follow
from democratic.web.suites.reading import by_code
from democratic.web.verified import alone

ROWS, SAID = 20, 15
SORT = "sorte"


@require_safe
def organisations(request: Request) -> HttpResponse:
    viewer, paging = anyone(request), paging_of(request, ROWS)
    asked = request.GET.get(SORT, "")
    sort = asked if asked in Organisation.Sort.values else ""
    return show_stored(request, request.authority.pk, lambda: _list(viewer, sort, paging))


def _list(viewer: Viewer, sort: str, paging: Paging) -> Main:
    found, total = list_organisations(viewer, sort=sort, offset=paging.offset, limit=paging.size)
    choices = [("", _("Toutes")), *Organisation.Sort.choices]
    title = _("Organisations")
    context = {
        "prefix": at(""),
        "trail": [(title, "")],
        "title": title,
        "tabs": [
            (label, f"{list_path()}?{SORT}={value}" if value else list_path(), value == sort)
            for value, label in choices
        ],
        "rows": [
            {
                "title": each.record.title,
                "url": public_path(each),
                "sort": each.get_sort_display(),
                "text": each.record.text,
                "speakers": each.speakers,  # type: ignore[attr-defined]
            }
            for each in found
        ],
        "total": total,
        "pager": pager(paging, len(found), total, list_path(), **{SORT: sort}),
        "empty": _nothing(is_narrowed=bool(sort)),
    }
    return Main("web/organisations/list.html", context, title, section="participate")


def _nothing(*, is_narrowed: bool) -> dict[str, Any]:
    if is_narrowed:
        return {
            "what": _("Aucune organisation de cette sorte"),
            "why": _("Il y en a peut-être d’autres ici."),
            "who": "",
            "action": (_("Voir toutes les organisations"), list_path()),
        }
    return {
        "what": _("Aucune organisation ne s’est encore présentée"),
        "why": _("Une association, un conseil ou un comité peut parler ici en son nom."),
        "who": _("La collectivité ouvre sa page, puis la confie à ses membres : demandez-le-lui."),
        "action": (_("Écrire à la collectivité"), at("/mentions-legales") + "#contact"),
    }


@by_code
def organisation(request: Request, code: str) -> HttpResponse:
    """Stored under the authority's version: a habilitation that ends, or a word said in its name, changes it."""
    viewer, paging = anyone(request), paging_of(request, SAID)
    known = get_organisation_for(viewer, code)
    if known is None:
        raise RecordNotFound(code)
    return show_stored(
        request,
        request.authority.pk,
        lambda: _page(viewer, known, paging),
        personal=lambda: my_follow(request, known.record_id, code, public_path(known)),
    )


def _page(viewer: Viewer, organisation: Organisation, paging: Paging) -> Main:
    record, title = organisation.record, title_of(organisation.record)
    said, total = said_for(viewer, organisation, offset=paging.offset, limit=paging.size)
    context = {
        "prefix": at(""),
        "trail": [(_("Organisations"), list_path()), (title, "")],
        "title": title,
        "sort": organisation.get_sort_display(),
        "text": text_of(record),
        "code": record.code,
        "withdrawal": withdrawal_of(record),
        "speakers": [_speaker(each) for each in speakers_of(organisation)],
        "rows": [_said(card, viewer) for card in said],
        "total": total,
        "pager": pager(paging, len(said), total, public_path(organisation)),
        "members_url": members_path(organisation),
        "house_url": house_path_of(organisation),
        "proof_url": at(f"/journal/preuve/{record.code}"),
        "signal": at(f"/signaler/{record.code}"),
        **follow_context(record.code, public_path(organisation)),
    }
    return Main("web/organisations/page.html", context, title, text_of(record)[:160], "participate")


def _speaker(mandate: SpeakingMandate) -> dict[str, Any]:
    return {
        "name": mandate.name,
        "function": mandate.function,
        "since": day(mandate.since),
        "until": day(mandate.until) if mandate.until else "",
    }


def _said(card: Card, viewer: Viewer) -> dict[str, Any]:
    on = day(local_day(card.happened_at, viewer.authority.time_zone))
    return {
        "origin": card.origin,
        "title": card.title or card.text,
        "url": record_path(card.kind, card.code),
        "meta": together(" · ", card.byline, on, card.place, alone(card.supports, card.verified)),
        "n": card.supports or None,
        "state": "",
    }
