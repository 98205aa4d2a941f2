from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.kernel.clock import local_day
from democratic.participation.processes.actions import Promise, finish_stage, move_stage, open_process
from democratic.participation.processes.guarded import ProcessNotFound, mandate_of, process_at
from democratic.participation.processes.models import Process, Stage
from democratic.participation.reports.desk import process_figures
from democratic.thread.actions import Words
from democratic.thread.models import Kind
from democratic.web.desk.access import desk_record, for_agents, for_staff
from democratic.web.desk.forms import FinishForm, ProcessForm, StageForm
from democratic.web.desk.pages import ask, desk_page
from democratic.web.places import at
from democratic.web.requests import Request


def desk_process(request: Request, slug: str) -> Process:
    try:
        return process_at(request.authority, slug)
    except ProcessNotFound as missing:
        raise Http404 from missing


def process_desk_path(process: Process, page: str = "") -> str:
    return at(f"/bureau/concertations/{process.slug}" + (f"/{page}" if page else ""))


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request, code: str) -> HttpResponse:
    mandate = mandate_of(desk_record(request, code, Kind.MANDATE))
    initial = {
        "first_day": local_day(request.clock.now(), request.authority.time_zone),
        "not_negotiable": mandate.not_decidable,
        "use_of_input": _(
            "Chaque parole est rattachée à un sujet. Chaque sujet reçoit une réponse : retenu, en partie, "
            "non retenu ou transmis, avec la raison."
        ),
    }
    form = ProcessForm(request.POST or None, initial=initial)

    def act(cleaned: dict[str, Any]) -> str:
        process = open_process(
            mandate=mandate,
            words=Words(title=cleaned["title"], text=cleaned["text"]),
            promise=Promise(cleaned["asks"], cleaned["use_of_input"], cleaned["not_negotiable"]),
            first_day=cleaned["first_day"],
            slug=cleaned["slug"],
            uses_tu=cleaned["uses_tu"],
            author=request.person,
            clock=request.clock,
        )
        return process_desk_path(process)

    return ask(
        request,
        form,
        act,
        title=_("Ouvrir la concertation"),
        lead=_("Méthode : de la commande politique à la feuille de route, en sept étapes datées."),
        send=_("Ouvrir et publier"),
        done=_("La concertation est ouverte et publiée."),
        back=at(f"/bureau/commandes/{code}"),
        subject=mandate.record.title,
    )


@require_GET
@for_staff
def detail(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    now = request.clock.now()
    stages = [
        {"stage": stage, "is_open": stage.opens_at <= now < stage.closes_at, "last_day": _last_day(stage)}
        for stage in sorted(process.stages.all(), key=lambda each: each.rank)
    ]
    context = {"process": process, "stages": stages, "figures": process_figures(process)}
    return desk_page(request, "process.html", context, title=process.record.title)


def _last_day(stage: Stage) -> Any:
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

    return ask(
        request,
        StageForm(request.POST or None, initial=initial),
        act,
        title=_("Déplacer l’étape « %(step)s »") % {"step": stage.get_step_display()},
        send=_("Publier la nouvelle date"),
        done=_("La nouvelle date est publiée, à côté de la première."),
        back=process_desk_path(process),
    )


@require_http_methods(["GET", "POST"])
@for_agents
def finish(request: Request, slug: str, step: str) -> HttpResponse:
    process = desk_process(request, slug)
    stage = _stage(process, step)

    def act(cleaned: dict[str, Any]) -> str:
        finish_stage(stage=stage, note=cleaned["note"], clock=request.clock)
        return process_desk_path(process)

    return ask(
        request,
        FinishForm(request.POST or None),
        act,
        title=_("Terminer l’étape « %(step)s »") % {"step": stage.get_step_display()},
        send=_("C’est fait"),
        done=_("Étape terminée, et publiée."),
        back=process_desk_path(process),
    )
