"""A meeting is written as a draft, then announced; changed, put off or called off in public, with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.communities.organisations.models import Organisation
from democratic.kernel.refusals import Refusal
from democratic.participation.meetings.actions import (
    Convened,
    Moment,
    Why,
    announce_prepared,
    cancel_meeting,
    change_meeting,
    postpone_meeting,
    prepare_meeting,
)
from democratic.participation.meetings.locking import is_draft
from democratic.participation.meetings.models import Meeting
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import processes_to_follow_in
from democratic.thread.actions import Words
from democratic.thread.models import Origin
from democratic.web.desk.access import for_agents, function_of
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.answering import ReasonForm
from democratic.web.desk.forms.meetings import MeetingForm
from democratic.web.desk.pages import Asked, ask, process_crumbs
from democratic.web.desk.views.processes import desk_process
from democratic.web.meetings.desk.forms import AloneForm, ChangeForm, PostponeForm, initial_of, moment_of
from democratic.web.meetings.desk.paths import crumbs, desk_meeting, desk_path, list_crumbs
from democratic.web.requests import Request

MOST = 200


def _prepare(request: Request, convened: Convened, said: dict[str, Any]) -> str:
    meeting = prepare_meeting(
        convened=convened,
        words=Words(title=said["title"], text=said["text"]),
        moment=moment_of(said, request.authority.time_zone),
        author=request.person,
        clock=request.clock,
    )
    return desk_path(meeting)


def _asked(**more: Any) -> Asked:
    return Asked(
        title=_("Préparer une rencontre"),
        lead=_(
            "Elle reste un brouillon : vous y ajouterez l’ordre du jour, l’équipe et les places, puis vous l’annoncerez."
        ),
        send=_("Garder le brouillon"),
        done=_("Le brouillon est gardé. Complétez-le, puis annoncez la rencontre."),
        is_public=False,
        **more,
    )


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)

    def act(said: dict[str, Any]) -> str:
        return _prepare(request, Convened(request.authority, process), said)

    asked = _asked(place=Place.PROCESS, crumbs=process_crumbs(process))
    return ask(request, MeetingForm(request.POST or None), act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def new_alone(request: Request) -> HttpResponse:
    processes, bodies = _processes(request), _bodies(request)
    form = AloneForm(
        [(pk, each.record.title) for pk, each in processes.items()],
        [(pk, each.name) for pk, each in bodies.items()],
        request.POST or None,
    )

    def act(said: dict[str, Any]) -> str:
        convened = Convened(request.authority, processes.get(said["process"]), bodies.get(said["body"]))
        return _prepare(request, convened, said)

    return ask(request, form, act, _asked(crumbs=list_crumbs(), is_announced=True))


def _processes(request: Request) -> dict[str, Process]:
    return {str(each.pk): each for each in processes_to_follow_in(request.authority)}


def _bodies(request: Request) -> dict[str, Organisation]:
    found = Organisation.objects.filter(authority=request.authority, sort=Organisation.Sort.BODY)
    return {str(each.pk): each for each in found.order_by("name")[:MOST]}


def _place(meeting: Meeting) -> Place | None:
    return Place.PROCESS if meeting.process_id else None


@require_http_methods(["GET", "POST"])
@for_agents
def change(request: Request, code: str) -> HttpResponse:
    meeting, zone = desk_meeting(request, code), request.authority.time_zone
    form = ChangeForm(request.POST or None, initial=initial_of(meeting, zone))

    def act(said: dict[str, Any]) -> str:
        change_meeting(
            meeting=meeting,
            words=Words(title=said["title"], text=said["text"]),
            moment=moment_of(said, zone),
            why=Why(said["reason"], function_of(request)),
            clock=request.clock,
        )
        return desk_path(meeting)

    is_public = not is_draft(meeting)
    asked = Asked(
        title=_("Modifier la rencontre"),
        send=_("Publier le changement") if is_public else _("Garder le brouillon"),
        done=_("Le changement est publié ; les personnes inscrites sont prévenues.")
        if is_public
        else _("Le brouillon est gardé."),
        place=_place(meeting),
        crumbs=crumbs(meeting),
        is_public=is_public,
        is_announced=True,
    )
    return ask(request, form, act, asked)


@require_POST
@for_agents
def announce(request: Request, code: str) -> HttpResponse:
    meeting = desk_meeting(request, code)
    try:
        announce_prepared(meeting=meeting, clock=request.clock)
        messages.success(request, _("La rencontre est annoncée."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(desk_path(meeting))


@require_http_methods(["GET", "POST"])
@for_agents
def postpone(request: Request, code: str) -> HttpResponse:
    meeting, zone = desk_meeting(request, code), request.authority.time_zone
    known = initial_of(meeting, zone)

    def act(said: dict[str, Any]) -> str:
        hours = moment_of({**known, **said}, zone)
        seats = [Origin(seat) for seat in meeting.seats]
        moment = Moment(hours.starts_at, hours.ends_at, meeting.place, meeting.access, seats)
        why = Why(said["reason"], function_of(request))
        postpone_meeting(meeting=meeting, moment=moment, why=why, clock=request.clock)
        return desk_path(meeting)

    asked = Asked(
        title=_("Reporter la rencontre"),
        lead=_("La date annoncée d’abord reste affichée. Qui est inscrit le reste, et est prévenu."),
        send=_("Publier la nouvelle date"),
        done=_("La nouvelle date est publiée ; les personnes inscrites sont prévenues."),
        place=_place(meeting),
        crumbs=crumbs(meeting),
        is_announced=True,
    )
    initial = {name: known[name] for name in ("starts", "ends")}
    return ask(request, PostponeForm(request.POST or None, initial=initial), act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def cancel(request: Request, code: str) -> HttpResponse:
    meeting = desk_meeting(request, code)

    def act(said: dict[str, Any]) -> str:
        why = Why(said["reason"], function_of(request))
        cancel_meeting(meeting=meeting, why=why, clock=request.clock)
        return desk_path(meeting)

    asked = Asked(
        title=_("Annuler la rencontre"),
        lead=_(
            "Rien n’est effacé : sa page reste, avec votre motif. Les personnes inscrites sont prévenues."
        ),
        send=_("Annuler en public"),
        done=_("La rencontre est annulée ; les personnes inscrites sont prévenues."),
        place=_place(meeting),
        crumbs=crumbs(meeting),
        is_announced=True,
    )
    return ask(request, ReasonForm(request.POST or None), act, asked)
