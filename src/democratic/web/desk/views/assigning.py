"""Subjects assigned to a service, which prepares their answer; taken back, or in other hands, with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from democratic.participation.answers.assigned import assignments_of
from democratic.participation.answers.assigning import Charge, assign_subjects, take_subject_back
from democratic.participation.answers.many import is_answerable
from democratic.participation.answers.models import AnswerAssignment
from democratic.participation.processes.models import Process
from democratic.thread.models import Kind, Record
from democratic.web.desk.access import desk_record, for_agents
from democratic.web.desk.forms.assigning import AssignSubjectsForm, TakeBackForm
from democratic.web.desk.pages import Asked, ask, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.desk.views.together import MOST, titles_told
from democratic.web.formats import day
from democratic.web.requests import Request, someone


def board_path(process: Process, service: UUID | None = None) -> str:
    path = process_desk_path(process, "reponses")
    return f"{path}?service={service}" if service else path


@require_http_methods(["GET", "POST"])
@for_agents
def assign(request: Request, slug: str) -> HttpResponse:
    """Those that were ticked, to one service and for one day."""
    process = desk_process(request, slug)
    ticked = _ticked(request, process)
    if not ticked:
        messages.error(request, _("Cochez au moins un sujet ou une parole."))
        return redirect(board_path(process))
    held = assignments_of([record.pk for record in ticked])
    form = AssignSubjectsForm(request.authority, request.POST or None, is_change=_is_change(request, held))

    def act(cleaned: dict[str, Any]) -> str:
        charge = Charge(form.services[cleaned["service"]], cleaned["due_on"], cleaned["reason"])
        result = assign_subjects(
            process=process,
            subjects=[record.pk for record in ticked],
            charge=charge,
            assigner=someone(request),
            clock=request.clock,
        )
        if result.assigned and not result.told:
            messages.warning(
                request, _("Aucun message ne part : personne, dans ce service, n’est là pour le lire.")
            )
        return board_path(process, charge.service.pk)

    lead = ngettext("Un sujet ou une parole :", "%(n)d sujets ou paroles :", len(ticked)) % {"n": len(ticked)}
    asked = Asked(
        title=_("Confier à un service"),
        lead=f"{lead} {titles_told(ticked)} {_held_told(ticked, held)}".strip(),
        send=_("Confier"),
        done=_("C’est confié : le service le trouve à son bureau."),
        crumbs=process_crumbs(process, "reponses", _("Réponses")),
    )
    return ask(request, form, act, asked)


def _held_told(ticked: list[Record], held: dict[UUID, AnswerAssignment]) -> str:
    """Who has them already."""
    told = [f"« {each.title} » ({held[each.pk].service.name})" for each in ticked if each.pk in held]
    return _("Déjà confié : %(names)s.") % {"names": ", ".join(told)} if told else ""


def _is_change(request: Request, held: dict[UUID, AnswerAssignment]) -> bool:
    """Not when it was sent twice: they are assigned just so already."""
    asked = (request.POST.get("service"), request.POST.get("due_on"))
    return any((str(each.service_id), each.due_on.isoformat()) != asked for each in held.values())


def _ticked(request: Request, process: Process) -> list[Record]:
    codes = request.GET.getlist("code")[:MOST]
    rows = Record.objects.filter(process=process.record, code__in=codes).select_related("wording")
    return [record for record in rows.order_by("-kind", "happened_at", "pk") if is_answerable(record)]


@require_http_methods(["GET", "POST"])
@for_agents
def take_back(request: Request, code: str) -> HttpResponse:
    subject = desk_record(request, code, Kind.THEME, Kind.IDEA)
    if subject.process is None:
        raise Http404
    process = subject.process.as_process
    held = assignments_of([subject.pk]).get(subject.pk)
    if held is None:
        messages.error(request, _("Ce sujet n’est confié à aucun service."))
        return redirect(board_path(process))

    def act(cleaned: dict[str, Any]) -> str:
        take_subject_back(process=process, subject=subject.pk, reason=cleaned["reason"], clock=request.clock)
        return board_path(process)

    told = {"title": subject.title, "service": held.service.name, "day": day(held.due_on)}
    asked = Asked(
        title=_("Reprendre au service"),
        lead=_("« %(title)s », confié à « %(service)s » pour le %(day)s. Ses brouillons restent.") % told,
        send=_("Reprendre au service"),
        done=_("C’est repris. Le service est prévenu."),
        crumbs=process_crumbs(process, "reponses", _("Réponses")),
    )
    return ask(request, TakeBackForm(request.POST or None), act, asked)
