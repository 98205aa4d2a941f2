"""The steps of a draft: each on a page of its own; moved and taken away from the list."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.conversations.drafting import moved, new_key, with_step, without_step
from democratic.participation.conversations.editing import change_draft
from democratic.participation.conversations.models import Flow
from democratic.participation.polls.queries import polls_in
from democratic.web.desk.access import for_agents
from democratic.web.desk.chain import Place
from democratic.web.desk.pages import Asked, ask
from democratic.web.flows.forms import AddStepForm, EndsForm, StepForm
from democratic.web.flows.reading import desk_flow, flow_crumbs, flow_path
from democratic.web.flows.views import title
from democratic.web.flows.words import KINDS
from democratic.web.requests import Request

MOST_POLLS = 50


def _asked(flow: Flow, name: str) -> Asked:
    return Asked(
        title=name,
        send=_("Enregistrer"),
        done=_("C’est enregistré dans le brouillon."),
        place=Place.PROCESS,
        crumbs=flow_crumbs(flow, title()),
        is_public=False,
    )


def _change(flow: Flow, content: dict[str, Any], edition: int | None = None) -> None:
    change_draft(flow=flow, content=content, edition=flow.edition if edition is None else edition)


def _edition(request: Request, flow: Flow) -> int:
    """The one that was in front of the agent when the form was shown."""
    said = request.POST.get("edition", "")
    return int(said) if said.isdecimal() and len(said) < 9 else flow.edition  # noqa: PLR2004  no number overflows


@require_POST
@for_agents
def add(request: Request, slug: str, flow: UUID) -> HttpResponse:
    """An empty step at the end; its page is where one writes it."""
    found, form = desk_flow(request, slug, flow), AddStepForm(request.POST)
    if not form.is_valid():
        raise Http404
    kind = form.cleaned_data["kind"]
    key = new_key(found.draft, kind)
    languages = found.draft["languages"]
    step: dict[str, Any] = {"kind": kind, "key": key, "text": dict.fromkeys(languages, str(KINDS[kind]))}
    if kind == "choice":
        step["options"] = [{"key": name, "label": dict.fromkeys(languages, name)} for name in ("a", "b")]
    return _done(request, found, lambda: _change(found, with_step(found.draft, step)), f"etapes/{key}")


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def change(request: Request, slug: str, flow: UUID, key: str) -> HttpResponse:
    found = desk_flow(request, slug, flow)
    keys = [each["key"] for each in found.draft["steps"]]
    step = next((each for each in found.draft["steps"] if each["key"] == key), None)
    if step is None or step["kind"] not in KINDS:
        raise Http404
    language = get_language() or "fr"
    later = [
        (each["key"], each["text"].get(language) or next(iter(each["text"].values())))
        for each in found.draft["steps"][keys.index(key) + 1 :]
        if "text" in each
    ]
    form = StepForm(step, found.draft["languages"], _polls(found), later, request.POST or None)
    form.fields["edition"] = _hidden(found)

    def act(_cleaned: dict[str, Any]) -> str:
        _change(found, with_step(found.draft, form.step()), _edition(request, found))
        return flow_path(found)

    return ask(request, form, act, _asked(found, str(KINDS[step["kind"]])))


def _polls(flow: Flow) -> list[tuple[str, str]]:
    found, _total = polls_in(flow.process, offset=0, limit=MOST_POLLS)
    return [(poll.record.code, poll.record.title) for poll in found]


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def ends(request: Request, slug: str, flow: UUID) -> HttpResponse:
    found = desk_flow(request, slug, flow)
    form = EndsForm(found.draft, request.POST or None)
    form.fields["edition"] = _hidden(found)

    def act(_cleaned: dict[str, Any]) -> str:
        _change(found, form.content(), _edition(request, found))
        return flow_path(found)

    return ask(request, form, act, _asked(found, _("Le début et la fin")))


def _hidden(flow: Flow) -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, initial=flow.edition, required=False)


@require_POST
@for_agents
def move(request: Request, slug: str, flow: UUID, key: str) -> HttpResponse:
    found = desk_flow(request, slug, flow)
    by = -1 if request.POST.get("vers") == "haut" else 1
    return _done(request, found, lambda: _change(found, moved(found.draft, key, by)))


@require_POST
@for_agents
def remove(request: Request, slug: str, flow: UUID, key: str) -> HttpResponse:
    found = desk_flow(request, slug, flow)
    return _done(request, found, lambda: _change(found, without_step(found.draft, key)))


def _done(request: Request, flow: Flow, act: Callable[[], None], page: str = "") -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(flow_path(flow))
    return redirect(flow_path(flow, page))
