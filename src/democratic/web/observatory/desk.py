"""At the desk: what the authority may do of an observatory. Found it, close it, reply once to a verdict."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.organisations.queries import organisations_for
from democratic.observatory.actions import Charter, close_observatory, found_observatory
from democratic.observatory.models import Observatory
from democratic.observatory.queries import judgements, observatories_of
from democratic.thread.actions import Words
from democratic.thread.rules import is_administrator
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.desk.access import for_administrators, for_staff, function_of
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.observatory.access import observatory_at
from democratic.web.observatory.forms import FoundingForm
from democratic.web.observatory.mandates_forms import ReasonForm
from democratic.web.observatory.places import page_of
from democratic.web.places import at
from democratic.web.processes.days import today_of
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import title_of
from democratic.web.suites.judged import judged_row

MOST_BODIES, PAGE = 200, 20


def desk_path(page: str = "") -> str:
    return at("/bureau/observatoires" + (f"/{page}" if page else ""))


@require_GET
@for_staff
def listed(request: Request) -> HttpResponse:
    """Its observatories, and the verdicts that differ from what the authority says: to act, or to reply."""
    paging = paging_of(request, PAGE)
    found = judgements(
        request.authority, today_of(request), only_disagreeing=True, offset=paging.offset, limit=paging.size
    )
    may_found = bool(is_administrator(request.viewer))
    context = {
        "rows": [
            {
                "title": title_of(each.record),
                "url": page_of(each),
                "body": each.body.name,
                "is_closed": hasattr(each, "closing"),
                "close_url": desk_path(f"{each.record.code}/dissoudre") if may_found else "",
            }
            for each in observatories_of(request.authority)
        ],
        "split": [
            judged_row(each)
            | {
                "reply_url": ""
                if hasattr(each.verdict, "reply")
                else at(f"/bureau/avis/{each.verdict.record.code}/repondre")
            }
            for each in found.rows
        ],
        "pager": pager(paging, len(found.rows), found.matching, desk_path()),
        "new_url": desk_path("nouveau") if may_found else "",
        "empty": {
            "what": _("Aucun observatoire"),
            "why": _("Des habitants que vous ne nommez pas disent si les engagements sont tenus."),
            "who": _(
                "Une personne qui administre le crée, par un acte public, et désigne qui nommera ses membres."
            ),
            "action": (_("Créer un observatoire"), desk_path("nouveau")) if may_found else None,
        },
    }
    return desk_page(request, "observatories.html", context, title=_("Observatoire des engagements"))


@require_http_methods(["GET", "POST"])
@for_administrators
def new(request: Request) -> HttpResponse:
    bodies = {
        str(each.pk): each
        for each in organisations_for(request.viewer).filter(record__withdrawal=None)[:MOST_BODIES]
    }
    form = FoundingForm([(pk, each.name) for pk, each in bodies.items()], request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        founded = found_observatory(
            authority=request.authority,
            charter=Charter(
                words=Words(title=cleaned["title"], text=cleaned["text"], language=get_language() or "fr"),
                body=bodies[cleaned["body"]],
                choosing=Observatory.Choosing(cleaned["choosing"]),
                mandate_months=cleaned["mandate_months"],
                act_on=cleaned["act_on"],
                act_reference=cleaned["act_reference"],
                act_url=cleaned["act_url"],
            ),
            clock=request.clock,
        )
        return page_of(founded)

    asked = Asked(
        title=_("Créer un observatoire des engagements"),
        lead=_(
            "Après cet acte, vous n’en changerez ni les membres, ni les auditions, ni les avis. Personne d’ici ne le pourra."
        ),
        send=_("Créer l’observatoire"),
        done=_("L’observatoire est créé. L’instance désignée peut nommer ses membres."),
        crumbs=((_("Observatoire"), desk_path()),),
        is_announced=True,
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
@recently_authenticated
def close(request: Request, code: str) -> HttpResponse:
    observatory = observatory_at(request, code)

    def act(cleaned: dict[str, Any]) -> str:
        close_observatory(
            observatory=observatory,
            reason=cleaned["reason"],
            function=function_of(request),
            clock=request.clock,
        )
        return page_of(observatory)

    asked = Asked(
        title=_("Dissoudre un observatoire"),
        lead=_(
            "Les mandats se terminent aujourd’hui. Les auditions et les avis restent, à leur place, pour toujours."
        ),
        send=_("Publier la dissolution"),
        done=_("La dissolution est publiée, avec son motif."),
        crumbs=((_("Observatoire"), desk_path()), (title_of(observatory.record), page_of(observatory))),
        is_announced=True,
    )
    return ask(request, ReasonForm(request.POST or None), act, asked)
