"""The tracker: all that is still waited for, in a table and in a file; and the day on which services are asked."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.kernel.clock import local_day
from democratic.participation.tracker.rhythm import asking_day, choose_asking_day, chosen_day
from democratic.participation.tracker.table import tracked_groups, tracked_lines, unreached_services
from democratic.thread.rules import is_administrator, is_agent
from democratic.web.desk.access import for_administrators, for_staff
from democratic.web.desk.forms.rhythm import RhythmForm
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.desk.tracked import (
    HEAD,
    cells_of,
    facets_of,
    how_many,
    narrowed_by,
    row_of,
    tracker_path,
)
from democratic.web.formats import day, number
from democratic.web.places import at
from democratic.web.processes.paging import paging_of
from democratic.web.requests import Request
from democratic.web.suites.csv_files import csv_response

SIZE = 30


@require_GET
@for_staff
def table(request: Request) -> HttpResponse:
    authority, paging = request.authority, paging_of(request, SIZE)
    today = local_day(request.clock.now(), authority.time_zone)
    groups = tracked_groups(authority.pk, today)
    narrowed = narrowed_by(request.GET, groups)
    lines = tracked_lines(authority.pk, today, narrowed, offset=paging.offset, limit=SIZE)
    if not lines and paging.number > 1:
        raise Http404
    total = how_many(groups, narrowed)
    may_act = bool(is_agent(request.viewer))
    last = paging.offset + len(lines)
    context: dict[str, Any] = {
        "facets": facets_of(groups, narrowed),
        "rows": [row_of(line, may_act=may_act) for line in lines],
        "late": sum(group.n for group in groups if group.standing == "late"),
        "all": sum(group.n for group in groups),
        "unreached": unreached_services(authority.pk),
        "asked_on": day(asking_day(today.replace(day=1), chosen_day(authority))),
        "day_path": at("/bureau/suivi/jour") if is_administrator(request.viewer) else "",
        "csv_path": tracker_path(narrowed, form=".csv"),
        "pager": {
            "first": paging.offset + 1,
            "last": last,
            "total": number(total),
            "previous_url": tracker_path(narrowed, paging.number - 1) if paging.number > 1 else "",
            "next_url": tracker_path(narrowed, paging.number + 1) if last < total else "",
        }
        if total > SIZE
        else None,
        "empty": _empty(is_narrowed=bool(groups)),
    }
    return desk_page(request, "tracker.html", context, title=_("Le suivi"))


def _empty(*, is_narrowed: bool) -> dict[str, Any]:
    if is_narrowed:
        return {
            "what": _("Rien de cette sorte n’est attendu"),
            "why": _("Aucune ligne ne correspond à ces filtres."),
            "who": "",
            "action": (_("Voir tout le tableau"), at("/bureau/suivi")),
        }
    return {
        "what": _("Rien n’est attendu d’aucun service"),
        "why": _("Ici se suivent les engagements et leurs actions, du plus en retard au plus lointain."),
        "who": _("Il en vient quand une décision est publiée, avec ce qu’elle engage à faire."),
        "action": (_("Mon bureau"), at("/bureau")),
    }


@require_GET
@for_staff
def table_csv(request: Request) -> HttpResponse:
    authority = request.authority
    today = local_day(request.clock.now(), authority.time_zone)
    narrowed = narrowed_by(request.GET, tracked_groups(authority.pk, today))
    lines = tracked_lines(authority.pk, today, narrowed)
    return csv_response(f"suivi-{today:%Y-%m-%d}", HEAD, (cells_of(line) for line in lines))


@require_http_methods(["GET", "POST"])
@for_administrators
def asking(request: Request) -> HttpResponse:
    form = RhythmForm(request.POST or None, initial={"day": chosen_day(request.authority)})

    def act(cleaned: dict[str, Any]) -> str:
        choose_asking_day(authority=request.authority, day=cleaned["day"], clock=request.clock)
        return at("/bureau/suivi")

    asked = Asked(
        title=_("Le jour des nouvelles"),
        lead=_(
            "Une fois par mois, chaque service qui doit quelque chose reçoit un seul message, avec ses lignes"
            " et un lien pour dire où il en est."
        ),
        send=_("Enregistrer"),
        done=_("C’est enregistré, et inscrit au journal."),
        crumbs=((_("Le suivi"), at("/bureau/suivi")),),
        is_announced=True,
    )
    return ask(request, form, act, asked)
