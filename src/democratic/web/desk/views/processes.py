from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.kernel.clock import local_day
from democratic.participation.meetings.locking import is_to_tell
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.participation.processes.actions import finish_stage, move_stage
from democratic.participation.processes.guarded import ProcessNotFound, process_at
from democratic.participation.processes.models import Process, Stage
from democratic.participation.reports.commitment_lines import commitment_lines
from democratic.participation.reports.desk import decisions_of, meetings_of, process_figures
from democratic.thread.models import Visibility
from democratic.thread.rules import is_agent
from democratic.web.desk.access import for_agents, for_staff
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.orders import FinishForm, StageForm
from democratic.web.desk.pages import Asked, ask, desk_page, process_crumbs, process_desk_path, process_tabs
from democratic.web.desk.rows import percent
from democratic.web.requests import Request


def desk_process(request: Request, slug: str) -> Process:
    try:
        return process_at(request.authority, slug)
    except ProcessNotFound as missing:
        raise Http404 from missing


@require_GET
@for_staff
def detail(request: Request, slug: str) -> HttpResponse:
    """Where the process is, what was decided, and every act of the desk on it."""
    process = desk_process(request, slug)
    if process.record.visibility == Visibility.DRAFT:
        return redirect(process_desk_path(process, "verifier"))
    now = request.clock.now()
    today = local_day(now, process.authority.time_zone)
    figures = process_figures(process)
    context = {
        "process": process,
        "tabs": process_tabs(process, ""),
        "may_act": bool(is_agent(request.viewer, process.record)),
        "stages": [_stage_row(stage, now) for stage in sorted(process.stages.all(), key=lambda s: s.rank)],
        "figures": figures,
        "coverage": percent(figures.coverage),
        "due": obligation_of(process.record, Owed.ANSWER),
        "decisions": decisions_of(process),
        "commitments": commitment_lines(request.viewer, today, process_id=process.pk),
        "meetings": [{"meeting": each, "is_over": is_to_tell(each, now)} for each in meetings_of(process)],
    }
    return desk_page(request, "process.html", context, title=process.record.title)


def _stage_row(stage: Stage, now: datetime) -> dict[str, Any]:
    is_open = stage.opens_at <= now < stage.closes_at
    last_day = _last_day(stage)
    return {
        "stage": stage,
        "last_day": last_day,
        "is_open": is_open,
        "is_moved": last_day != stage.first_closes_on,
        "look": "done"
        if stage.done_on
        else "now"
        if is_open
        else "past"
        if stage.closes_at <= now
        else "ahead",
    }


def _last_day(stage: Stage) -> date:
    zone = ZoneInfo(stage.process.authority.time_zone)
    return (stage.closes_at - timedelta(seconds=1)).astimezone(zone).date()


def _stage(process: Process, step: str) -> Stage:
    found = next((stage for stage in process.stages.all() if stage.step == step), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@for_agents
def move(request: Request, slug: str, step: str) -> HttpResponse:
    process = desk_process(request, slug)
    stage = _stage(process, step)
    zone = ZoneInfo(process.authority.time_zone)
    initial = {"opens_on": stage.opens_at.astimezone(zone).date(), "closes_on": _last_day(stage)}

    def act(cleaned: dict[str, Any]) -> str:
        move_stage(stage=stage, **cleaned, clock=request.clock)
        return process_desk_path(process)

    asked = Asked(
        title=_("Déplacer l’étape « %(step)s »") % {"step": stage.get_step_display()},
        lead=_("Les dates prévues d’abord restent affichées, avec votre motif."),
        send=_("Publier la nouvelle date"),
        done=_("La nouvelle date est publiée, à côté de la première."),
        place=Place.PROCESS,
        crumbs=process_crumbs(process),
    )
    return ask(request, StageForm(request.POST or None, initial=initial), act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def finish(request: Request, slug: str, step: str) -> HttpResponse:
    process = desk_process(request, slug)
    stage = _stage(process, step)

    def act(cleaned: dict[str, Any]) -> str:
        finish_stage(stage=stage, note=cleaned["note"], clock=request.clock)
        return process_desk_path(process)

    asked = Asked(
        title=_("Terminer l’étape « %(step)s »") % {"step": stage.get_step_display()},
        send=_("C’est fait"),
        done=_("Étape terminée, et publiée."),
        place=Place.PROCESS,
        crumbs=process_crumbs(process),
    )
    return ask(request, FinishForm(request.POST or None), act, asked)
