"""The pre-flight of a draft: what blocks, what is advice, the hours of work, and the ways out."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.kernel.clock import local_day
from democratic.participation.answers.assigned import load_of
from democratic.participation.processes.methods.files import NoMethod, method_of
from democratic.participation.processes.models import Process, Step
from democratic.participation.processes.preflight import Finding, Part, preflight
from democratic.participation.processes.preflight.hours import Work, hours_for, work_of
from democratic.participation.processes.tool import Act
from democratic.thread.models import Visibility
from democratic.web.desk.access import for_agents
from democratic.web.desk.looked import look_of
from democratic.web.desk.pages import desk_page, process_crumbs, process_desk_path
from democratic.web.desk.views.approvals import approval_part
from democratic.web.desk.views.preparing import CHECK, PARTS, part_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import day, hour
from democratic.web.places import at, elsewhere
from democratic.web.processes.previews import LIFE, preview_token
from democratic.web.requests import Request


def check_path(process: Process) -> str:
    return process_desk_path(process, CHECK)


@require_GET
@for_agents
def check(request: Request, slug: str) -> HttpResponse:
    """The pre-flight: each part, what blocks, what is advice, the hours of work, and the way out."""
    process = desk_process(request, slug)
    if process.record.visibility != Visibility.DRAFT:
        return redirect(process_desk_path(process))
    findings = preflight(process, request.clock.now())
    settled, zone = process.preparation, ZoneInfo(process.authority.time_zone)
    context = {
        "process": process,
        "parts": [_part(process, part, findings) for part in (*PARTS, *_polls(process))],
        "blocking": [_found(process, each) for each in findings if each.blocks],
        "advice": [_found(process, each) for each in findings if not each.blocks],
        "work": _work(process),
        "load": _load(process),
        "checklist": _checklist(process),
        "approval": approval_part(process.record, request.clock.now()),
        "may_act": True,
        "look": look_of(process, request.clock.now()),
        "here": process_desk_path(process, ""),
        "preview": elsewhere(request.authority, at(f"/apercu/{preview_token(process, settled.preview_key)}")),
        "preview_days": LIFE,
        "publishes": _when(settled.publishes_at, zone),
        "held_back": settled.held_back,
    }
    return desk_page(
        request, "check.html", context, title=_("À vérifier avant de publier"), crumbs=process_crumbs(process)
    )


def _polls(process: Process) -> tuple[Part, ...]:
    """Where its listening takes an answer of one tap: what is written before opens with it."""
    asks = any(Act.ANSWER_POLL in stage.allows for stage in process.stages.all())
    return (Part.POLLS,) if asks else ()


def _part(process: Process, part: Part, findings: list[Finding]) -> dict[str, Any]:
    names = {
        Part.QUESTION: _("La question"),
        Part.PROMISE: _("La promesse"),
        Part.DATES: _("Les dates"),
        Part.WORK: _("Le travail que cela demande"),
        Part.PRIVACY: _("La vie privée"),
        Part.POLLS: _("La question d’un geste"),
    }
    lacks = any(each.part == part and (each.blocks or part == Part.POLLS) for each in findings)
    return {
        "name": names[part],
        "url": _where(process, part),
        "state": _("à compléter") if lacks else _("prêt"),
        "is_ready": not lacks,
    }


def _found(process: Process, finding: Finding) -> dict[str, Any]:
    return {"title": finding.title, "told": finding.told, "url": _where(process, finding.part)}


def _where(process: Process, part: Part) -> str:
    """The page on which this is mended."""
    if part in PARTS:
        return part_path(process, part)
    elsewhere_at_the_desk = {
        Part.MANDATE: f"/bureau/commandes/{process.mandate.record.code}",
        Part.SERVICE: "/bureau/services",
        Part.APPEARANCE: "/bureau/collectivite/apparence",
        Part.FILES: f"/bureau/concertations/{process.slug}/{CHECK}",
        Part.POLLS: f"/bureau/concertations/{process.slug}/questions",
    }
    return at(elsewhere_at_the_desk[part])


def _work(process: Process) -> Work | None:
    expected = process.preparation.expected_voices
    if not expected:
        return None
    mandate = process.mandate
    opens_at = next(stage.opens_at for stage in process.stages.all() if stage.step == Step.LISTENING)
    first = local_day(opens_at, process.authority.time_zone)
    return work_of(mandate.service.name, expected, first, mandate.answer_due_on)


def _load(process: Process) -> dict[str, int] | None:
    """What its service has to prepare already, for other processes."""
    load = load_of(process.mandate.service)
    if not load.subjects:
        return None
    return {"subjects": load.subjects, "hours": hours_for(load.voices, load.subjects)}


def _checklist(process: Process) -> list[str]:
    try:
        return [each.told(get_language() or "fr") for each in method_of(process.template).checklist]
    except NoMethod:
        return []


def _when(moment: datetime | None, zone: ZoneInfo) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    return _("le %(day)s à %(hour)s") % {"day": day(local.date(), "weekday"), "hour": hour(local)}
