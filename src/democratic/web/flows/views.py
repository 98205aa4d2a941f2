"""Conversations of a process: written, checked, published, shut."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from civics.reach.flow import Flow as WrittenFlow
from civics.reach.reading import MEDIA
from democratic.kernel.refusals import Refusal
from democratic.participation.conversations.drafting import starter
from democratic.participation.conversations.editing import (
    draft_flow,
    findings,
    publish_flow,
    read_flow,
    shut_flow,
)
from democratic.participation.conversations.models import Flow
from democratic.participation.conversations.queries import flows_in
from democratic.participation.conversations.reviewing import where_files_are
from democratic.thread.rules import is_administrator
from democratic.web.desk.access import for_agents
from democratic.web.desk.chain import Place
from democratic.web.desk.pages import Asked, ask, desk_page, process_crumbs
from democratic.web.desk.views.processes import desk_process
from democratic.web.flows.forms import AddStepForm, NewFlowForm
from democratic.web.flows.reading import desk_flow, flow_path, flows_path
from democratic.web.flows.words import KINDS, finding_words
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 20


def title() -> str:
    return _("Conversations")


@require_safe
@for_agents
def listed(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    paging, here = paging_of(request, PAGE), flows_path(process)
    found, total = flows_in(process, offset=paging.offset, limit=paging.size)
    context = {
        "rows": [
            {
                "name": each.flow.name,
                "url": flow_path(each.flow),
                "is_open": each.flow.is_open,
                "begun": each.begun,
            }
            for each in found
        ],
        "pager": pager(paging, len(found), total, here),
        "new": f"{here}/nouvelle",
        "empty": {
            "what": _("Aucune conversation écrite"),
            "why": _("Quatre questions par messagerie, par SMS ou sur une borne, sans compte."),
            "who": _("Écrivez-la ici : vous l’essaierez avant de l’ouvrir."),
            "action": (_("Écrire une conversation"), f"{here}/nouvelle"),
        },
    }
    return desk_page(request, "flows.html", context, title=title(), crumbs=process_crumbs(process))


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def new(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)

    def act(cleaned: dict[str, Any]) -> str:
        languages = ["fr", "en"] if request.authority.speaks("en") else ["fr"]
        content = starter(languages, tu=process.uses_tu)
        return flow_path(draft_flow(process=process, name=cleaned["name"], content=content))

    asked = Asked(
        title=_("Écrire une conversation"),
        lead=_("Elle commence par cinq étapes d’exemple, que vous changez une à une."),
        send=_("Commencer"),
        done=_("Le brouillon est là : changez ses étapes, essayez-le, puis publiez."),
        place=Place.PROCESS,
        crumbs=process_crumbs(process, "conversations", title()),
        is_public=False,
    )
    return ask(request, NewFlowForm(request.POST or None), act, asked)


@require_safe
@for_agents
def detail(request: Request, slug: str, flow: UUID) -> HttpResponse:
    found = desk_flow(request, slug, flow)
    written = read_flow(found.draft)
    said: dict[str, list[dict[str, Any]]] = {}
    for each in findings(found):
        said.setdefault(each.step, []).append({"words": finding_words(each), "blocks": each.blocks})
    blocks = sum(each["blocks"] for group in said.values() for each in group)
    last = found.revisions.order_by("-number").first()
    context = {
        "flow": found,
        "steps": _steps(written, said),
        "around": [*said.get("", []), *said.get("intro", []), *said.get("outro", [])],
        "blocks": blocks,
        "last": last,
        "came": found.came_at is not None and last is not None,
        "channels": at("/bureau/canaux") if is_administrator(request.viewer) else "",
        "is_changed": last is None or last.content != found.draft,
        "intro": written.in_language(written.intro, get_language() or "fr"),
        "outro": written.in_language(written.outro, get_language() or "fr"),
        "base": flow_path(found),
        "add": AddStepForm(),
        "codes": list(found.codes.order_by(F("retired_at").asc(nulls_first=True), "label")[:50]),
        "link": at("/r/"),
        "asks_files": last is not None or any(each.kind in MEDIA for each in written.singles()),
        "waiting": where_files_are(found).kept,
    }
    crumbs = process_crumbs(found.process, "conversations", title())
    return desk_page(request, "flow.html", context, title=found.name, crumbs=crumbs)


def _steps(written: WrittenFlow, said: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    language = get_language() or "fr"
    rows = []
    for step in written.steps:
        singles = step.among if step.kind == "rotating" else (step,)
        rows.append(
            {
                "key": step.key,
                "kind": str(KINDS.get(step.kind, step.kind)),
                "texts": [written.in_language(each.text, language) for each in singles],
                "options": [
                    written.in_language(option.label, language)
                    for each in singles
                    for option in getattr(each, "options", ())
                ],
                "findings": [each for single in singles for each in said.get(single.key, [])],
                "is_editable": step.kind in KINDS,
            }
        )
    return rows


@require_POST
@for_agents
def publish(request: Request, slug: str, flow: UUID) -> HttpResponse:
    found = desk_flow(request, slug, flow)
    try:
        revision = publish_flow(flow=found, clock=request.clock)
        told = _("Publiée : version %(n)d. Donnez-lui des codes pour qu’on la trouve.") % {
            "n": revision.number
        }
        messages.success(request, told)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(flow_path(found))


@require_POST
@for_agents
def shut(request: Request, slug: str, flow: UUID) -> HttpResponse:
    found: Flow = desk_flow(request, slug, flow)
    shut_flow(flow=found)
    messages.success(request, _("Fermée : personne ne la commence plus, et ceux qui y sont la finissent."))
    return redirect(flow_path(found))
