"""Merging what says the same thing, and undoing it: which one stays, and a reason that everyone reads."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.ideas.merging import merge_ideas, unmerge_idea
from democratic.participation.processes.models import Process
from democratic.participation.reports.desk import MERGED, PAGE
from democratic.thread.models import Kind, Record, Visibility
from democratic.web.desk.access import desk_record, for_agents, function_of
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.answering import MergeForm, ReasonForm
from democratic.web.desk.pages import Asked, ask, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.places import at
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
@for_agents
def merge(request: Request, slug: str) -> HttpResponse:
    """Those that were ticked on the board, by their codes in the address: a page that can be read again."""
    process = desk_process(request, slug)
    found = _ticked(request, process)
    back = process_desk_path(process, "sujets")
    if len(found) < 2:  # noqa: PLR2004  one alone has nothing to be merged with
        messages.error(request, _("Cochez au moins deux paroles qui disent la même chose."))
        return redirect(back)
    form = MergeForm(request.POST if "reason" in request.POST else None, ideas=found)

    def act(cleaned: dict[str, Any]) -> str:
        into = next(record for record in found if record.code == cleaned["into"])
        merge_ideas(
            into=into,
            merged=[record for record in found if record.pk != into.pk],
            reason=cleaned["reason"],
            function=function_of(request),
            clock=request.clock,
        )
        return back

    asked = Asked(
        title=_("Fusionner %(n)d paroles") % {"n": len(found)},
        lead=_(
            "Elles disent la même chose. Chacune reste lisible à son code, et aura la réponse de celle qui reste."
        ),
        send=_("Fusionner, en public"),
        done=_("Paroles fusionnées. Leurs auteurs sont prévenus."),
        place=Place.THEME,
        crumbs=process_crumbs(process, "sujets", _("Paroles")),
    )
    return ask(request, form, act, asked)


def _ticked(request: Request, process: Process) -> list[Record]:
    codes = request.GET.getlist("code")[:PAGE]
    rows = Record.objects.filter(
        process=process.record, code__in=codes, kind=Kind.IDEA, visibility=Visibility.PUBLIC
    )
    return list(rows.select_related("wording").order_by("happened_at", "pk"))


@require_http_methods(["GET", "POST"])
@for_agents
def unmerge(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.IDEA)
    process = record.process.as_process if record.process else None
    back = f"{process_desk_path(process, 'sujets')}?sujet={MERGED}" if process else at("/bureau")

    def act(cleaned: dict[str, Any]) -> str:
        unmerge_idea(
            idea=record, reason=cleaned["reason"], function=function_of(request), clock=request.clock
        )
        return back

    asked = Asked(
        title=_("Défaire la fusion"),
        lead=_("« %(said)s » sera de nouveau seule, dans le même sujet.") % {"said": record.title},
        send=_("Publier le motif"),
        done=_("C’est publié."),
        place=Place.THEME,
        crumbs=((_("Paroles"), back),),
    )
    return ask(request, ReasonForm(request.POST or None), act, asked)
