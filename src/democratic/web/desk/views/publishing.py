"""From a draft to the public: what is still to be done, when it opens, who may read it before."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.kernel.clock import local_day
from democratic.kernel.refusals import Refusal
from democratic.participation.processes.actions import (
    ask_for_a_look,
    duplicate_process,
    publish_when_ready,
    renew_preview,
    schedule_when_ready,
    throw_draft_away,
    unschedule_publication,
)
from democratic.participation.processes.guarded import mandate_of
from democratic.participation.processes.methods.files import NoMethod, method_of
from democratic.participation.processes.models import Process, Step
from democratic.participation.processes.preflight import Finding, Part, preflight
from democratic.participation.processes.preflight.hours import Work, work_of
from democratic.participation.processes.queries import mandates_to_carry
from democratic.participation.processes.tool import Act
from democratic.thread.models import Kind, Visibility
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import desk_record, for_agents
from democratic.web.desk.forms.preparing import CopyForm, ScheduleForm
from democratic.web.desk.looked import look_of
from democratic.web.desk.pages import Asked, ask, desk_page, process_crumbs, process_desk_path
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
        "checklist": _checklist(process),
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


@require_POST
@for_agents
def publish(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    try:
        spend_a_write(request)
        publish_when_ready(process=process, clock=request.clock)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(check_path(process))
    messages.success(request, _("La concertation est publiée. La réponse est due : la date est publique."))
    return redirect(process_desk_path(process))


@require_http_methods(["GET", "POST"])
@for_agents
def schedule(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    zone = ZoneInfo(process.authority.time_zone)
    form = ScheduleForm(request.POST or None)

    def act(_cleaned: dict[str, Any]) -> str:
        try:
            moment = form.at(zone)
        except ValidationError as wrong:
            raise Refusal(wrong.messages[0], field="hour") from wrong
        schedule_when_ready(process=process, at=moment, clock=request.clock)
        return check_path(process)

    asked = Asked(
        title=_("Programmer la publication"),
        lead=_("À l’heure de %(place)s. Ce qui manquerait alors la retiendrait, et vous le verriez ici.")
        % {"place": process.authority.name},
        send=_("Programmer"),
        done=_("La publication est programmée."),
        crumbs=process_crumbs(process, CHECK, _("Vérifier")),
        is_public=False,
    )
    return ask(request, form, act, asked)


@require_POST
@for_agents
def unschedule(request: Request, slug: str) -> HttpResponse:
    return _then_check(
        request,
        slug,
        lambda process: unschedule_publication(process=process),
        _("Rien ne partira : c’est un brouillon."),
    )


@require_POST
@for_agents
def renew(request: Request, slug: str) -> HttpResponse:
    return _then_check(
        request,
        slug,
        lambda process: renew_preview(process=process),
        _("Les liens d’aperçu donnés avant n’ouvrent plus rien."),
    )


@require_POST
@for_agents
def look(request: Request, slug: str) -> HttpResponse:
    return _then_check(
        request,
        slug,
        lambda process: ask_for_a_look(process=process, clock=request.clock),
        _("La vérification est en route : le résultat s’affiche ici dans un instant."),
    )


def _then_check(request: Request, slug: str, act: Any, done: str) -> HttpResponse:
    process = desk_process(request, slug)
    try:
        spend_a_write(request)
        act(process)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, done)
    return redirect(check_path(process))


@require_http_methods(["GET", "POST"])
@for_agents
def duplicate(request: Request, slug: str) -> HttpResponse:
    """A new draft with the same words, promise and pace, from the same order or another."""
    process = desk_process(request, slug)
    form = CopyForm(
        mandates_to_carry(request.authority),
        request.POST or None,
        initial={"mandate": process.mandate.record.code, "first_day": _today(request)},
    )

    def act(cleaned: dict[str, Any]) -> str:
        mandate = mandate_of(desk_record(request, cleaned["mandate"], Kind.MANDATE))
        made = duplicate_process(
            process=process,
            mandate=mandate,
            first_day=cleaned["first_day"],
            author=request.person,
            clock=request.clock,
        )
        return check_path(made)

    asked = Asked(
        title=_("Dupliquer cette concertation"),
        lead=_("Ses mots, sa promesse et son rythme ; aucune parole de personne."),
        send=_("Créer le brouillon"),
        done=_("Le brouillon est créé."),
        crumbs=process_crumbs(process),
        is_public=False,
    )
    return ask(request, form, act, asked)


def _today(request: Request) -> date:
    return local_day(request.clock.now(), request.authority.time_zone)


@require_POST
@for_agents
@recently_authenticated
def throw_away(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    try:
        spend_a_write(request)
        throw_draft_away(process=process)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(process_desk_path(process))
    messages.success(request, _("Le brouillon est jeté : personne ne l’avait vu."))
    return redirect(at(f"/bureau/commandes/{process.mandate.record.code}"))
