"""Class sessions of a process: opened, shown on a wall, closed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.classes.actions import close_class, open_class
from democratic.participation.classes.models import ClassSession
from democratic.participation.classes.queries import classes_of, is_running
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.classes import ClassForm
from democratic.web.desk.pages import Asked, ask, desk_page, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import day, hour
from democratic.web.places import at, elsewhere
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 20


@require_GET
@for_agents
def listed(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    paging, here = paging_of(request, PAGE), process_desk_path(process, "classes")
    found, total = classes_of(process, offset=paging.offset, limit=paging.size)
    now, new = request.clock.now(), f"{here}/nouvelle"
    context = {
        "rows": [_row(request, each, now) for each in found],
        "pager": pager(paging, len(found), total, here),
        "new": new,
        "empty": {
            "what": _("Aucune séance en classe"),
            "why": _(
                "Un code, bon quelques heures : les élèves disent leurs idées sans compte, ni e-mail, ni nom."
            ),
            "who": _("Ouvrez-la juste avant la séance, avec l’enseignant."),
            "action": (_("Ouvrir une séance"), new),
        },
    }
    return desk_page(request, "classes.html", context, title=_("En classe"), crumbs=process_crumbs(process))


def _row(request: Request, session: ClassSession, now: datetime) -> dict[str, Any]:
    running, url = is_running(session, now), elsewhere(request.authority, at(f"/classe/{session.code}"))
    when = {"day": day(session.closes_at), "hour": hour(session.closes_at)}
    return {
        "code": session.code,
        "byline": session.byline or _("Sans nom"),
        "taken": session.taken,
        "seats": session.seats,
        "state": (_("ouverte jusqu’au %(day)s, %(hour)s") if running else _("terminée le %(day)s, %(hour)s"))
        % when,
        "url": url if running else "",
        "address": url.split("://", 1)[-1],
        "close": at(f"/bureau/classes/{session.pk}/fermer") if running else "",
    }


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)

    def act(cleaned: dict[str, Any]) -> str:
        open_class(
            process=process, seats=cleaned["seats"], hours=cleaned["hours"], byline=cleaned["byline"],
            clock=request.clock,
        )  # fmt: skip
        return process_desk_path(process, "classes")

    asked = Asked(
        title=_("Ouvrir une séance en classe"),
        lead=_("Les élèves tapent un code. On ne leur demande ni e-mail, ni nom, ni photo, ni lieu."),
        send=_("Ouvrir la séance"),
        done=_("La séance est ouverte. Affichez son code."),
        crumbs=process_crumbs(process, "classes", _("En classe")),
        is_public=False,
    )
    return ask(request, ClassForm(request.POST or None), act, asked)


@require_POST
@for_agents
def close(request: Request, session: UUID) -> HttpResponse:
    known = get_object_or_404(
        ClassSession.objects.select_related("process"), process__authority=request.authority, pk=session
    )
    try:
        close_class(session=known, clock=request.clock)
        messages.success(request, _("La séance est terminée : son code n’ouvre plus rien."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(process_desk_path(known.process, "classes"))
