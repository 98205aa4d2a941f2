"""Themes proposed automatically: each with its words and its contributions; an agent decides, or nothing happens."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from democratic.kernel.refusals import Refusal
from democratic.participation.answers.models import Theme
from democratic.participation.processes.models import Process
from democratic.participation.reports.desk import themes_of
from democratic.participation.suggestions.actions import (
    accept_suggestion,
    ask_suggestions,
    dismiss_suggestion,
)
from democratic.participation.suggestions.models import SuggestionRun, ThemeSuggestion
from democratic.participation.suggestions.queries import (
    MOST_SHOWN,
    last_run,
    proposed_in,
    suggestion_in,
    voices_of,
)
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page, process_crumbs, process_desk_path
from democratic.web.desk.rows import percent
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import number
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 20


def suggestions_path(process: Process, suggestion: object = "") -> str:
    return process_desk_path(process, "sujets/proposes" + (f"/{suggestion}" if suggestion else ""))


@require_http_methods(["GET", "POST"])
@for_agents
def board(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    here = suggestions_path(process)
    if request.method == "POST":
        try:
            spend_a_write(request)
            ask_suggestions(process=process, clock=request.clock)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        return redirect(here)
    run, paging = last_run(process), paging_of(request, PAGE)
    found, total = proposed_in(process, offset=paging.offset, limit=paging.size)
    context = {
        "rows": [
            {
                "url": suggestions_path(process, each.suggestion.pk),
                "words": ", ".join(each.suggestion.words),
                "voices": each.voices,
            }
            for each in found
        ],
        "pager": pager(paging, len(found), total, here),
        "waits": run is not None and run.done_at is None,
        "coverage": _coverage(run),
        "here": here,
        "has_run": run is not None,
    }
    crumbs = process_crumbs(process, "sujets", _("Paroles"))
    return desk_page(request, "suggestions.html", context, title=_("Sujets proposés"), crumbs=crumbs)


def _coverage(run: SuggestionRun | None) -> str:
    if run is None or not run.voices:
        return ""
    told = {"share": percent(run.covered * 100 // run.voices), "n": number(run.voices)}
    return _("Ces propositions couvrent %(share)s des %(n)s paroles sans sujet.") % told


@require_http_methods(["GET", "POST"])
@for_agents
def one(request: Request, slug: str, suggestion: UUID) -> HttpResponse:
    process = desk_process(request, slug)
    found = suggestion_in(process, suggestion)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _decide(request, process, found)
    said = voices_of(found)
    context = {
        "words": found.words,
        "voices": said,
        "themes": themes_of(process),
        "is_cut": len(said) == MOST_SHOWN,
        "title_typed": " ".join(found.words[:3]).capitalize(),
    }
    crumbs = (*process_crumbs(process), (_("Sujets proposés"), suggestions_path(process)))
    return desk_page(request, "suggestion.html", context, title=_("Un sujet proposé"), crumbs=crumbs)


def _decide(request: Request, process: Process, suggestion: ThemeSuggestion) -> HttpResponse:
    try:
        spend_a_write(request)
        told = _decided(request, process, suggestion)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(suggestions_path(process, suggestion.pk))
    messages.success(request, told)
    return redirect(suggestions_path(process))


def _decided(request: Request, process: Process, suggestion: ThemeSuggestion) -> str:
    given: dict[str, Any] = request.POST
    if "ecarter" in given:
        dismiss_suggestion(suggestion=suggestion)
        return _("Proposition écartée : rien n’a bougé.")
    theme = Theme.objects.filter(process=process, record__code=given.get("theme", "")).first()
    moved = accept_suggestion(
        suggestion=suggestion,
        kept=request.POST.getlist("code")[:MOST_SHOWN],
        theme=theme,
        title=given.get("title", ""),
        author=request.person,
        clock=request.clock,
    )
    return ngettext("%(n)d parole rapprochée.", "%(n)d paroles rapprochées.", moved) % {"n": moved}
