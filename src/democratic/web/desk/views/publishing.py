"""From a draft to the public: when it opens, who may read it before, and what it leaves for another."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.kernel.clock import local_day
from democratic.kernel.refusals import Refusal
from democratic.participation.approvals.actions import publish_process_as_approved
from democratic.participation.processes.actions import (
    ask_for_a_look,
    duplicate_process,
    renew_preview,
    schedule_when_ready,
    throw_draft_away,
    unschedule_publication,
)
from democratic.participation.processes.guarded import mandate_of
from democratic.participation.processes.queries import mandates_to_carry
from democratic.thread.models import Kind
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import desk_record, for_agents
from democratic.web.desk.forms.preparing import CopyForm, ScheduleForm
from democratic.web.desk.pages import Asked, ask, process_crumbs, process_desk_path
from democratic.web.desk.views.checking import check_path
from democratic.web.desk.views.preparing import CHECK
from democratic.web.desk.views.processes import desk_process
from democratic.web.places import at
from democratic.web.requests import Request


@require_POST
@for_agents
def publish(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    try:
        spend_a_write(request)
        publish_process_as_approved(process=process, clock=request.clock)
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
        lead=_("Ses mots, ses questions, sa promesse et son rythme ; aucune parole ni réponse de personne."),
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
