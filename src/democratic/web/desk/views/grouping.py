from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.answers.actions import (
    declare_inadmissible,
    group_contributions,
    open_theme,
    readmit_contribution,
    ungroup_contribution,
)
from democratic.participation.answers.models import Theme
from democratic.participation.ideas.similar import alike_among
from democratic.participation.processes.models import Process
from democratic.participation.reports.desk import (
    MERGED,
    OUTSIDE,
    PAGE,
    SPLIT_UP,
    contributions_to_group,
    themes_of,
)
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Record
from democratic.thread.queries import Card
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import desk_record, for_agents, function_of
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.answering import ReasonForm, ThemeForm
from democratic.web.desk.pages import Asked, ask, desk_page, process_crumbs, process_desk_path, process_tabs
from democratic.web.desk.views.processes import desk_process
from democratic.web.places import at
from democratic.web.requests import Request

# Lists of what is not grouped: nothing there is ticked.
APART = (OUTSIDE, MERGED, SPLIT_UP)


@require_http_methods(["GET", "POST"])
@for_agents
def board(request: Request, slug: str) -> HttpResponse:
    """The words on one side, the themes on the other; tick, choose, group. Every move can be undone."""
    process = desk_process(request, slug)
    if request.method == "POST":
        return _group(request, process)
    shown, query = request.GET.get("sujet", ""), request.GET.get("q", "").strip()[:100]
    after = request.GET.get("apres", "")
    found = contributions_to_group(process, theme=shown, query=query, after=after)
    themes = themes_of(process)
    context = {
        "process": process,
        "tabs": process_tabs(process, "sujets"),
        "may_answer": process_desk_path(process, "reponses"),
        "themes": themes,
        "options": render_to_string("web/desk/theme_options.html", {"themes": themes, "shown": shown}),
        "contributions": found[:PAGE],
        "alike": _alike(found[:PAGE]) if shown not in APART else [],
        "next": found[PAGE - 1].code if len(found) > PAGE else "",
        "shown": shown,
        "outside": OUTSIDE,
        "is_outside": shown == OUTSIDE,
        "merged": MERGED,
        "is_merged": shown == MERGED,
        "split_up": SPLIT_UP,
        "is_split_up": shown == SPLIT_UP,
        "is_apart": shown in APART,
        "merge_action": process_desk_path(process, "fusionner"),
        "query": query,
    }
    title = _("Rapprocher les paroles")
    return desk_page(request, "grouping.html", context, title=title, crumbs=process_crumbs(process))


def _alike(shown: list[Card]) -> list[list[Card]]:
    """Those of this page that say almost the same thing: proposed, never grouped by itself."""
    by_id = {card.id: card for card in shown}
    return [[by_id[pk] for pk in group] for group in alike_among(list(by_id))]


def _group(request: Request, process: Process) -> HttpResponse:
    theme = Theme.objects.filter(process=process, record__code=request.POST.get("theme", "")).first()
    codes = request.POST.getlist("code")[: PAGE * 2]
    if theme is None or not codes:
        messages.error(request, _("Cochez au moins une parole, et choisissez un sujet."))
        return redirect(request.get_full_path())
    said = list(Record.objects.filter(process=process.record, code__in=codes, kind=Kind.IDEA))
    try:
        spend_a_write(request)
        moved = group_contributions(contributions=said, theme=theme, clock=request.clock)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        told = ngettext("%(n)d parole rapprochée.", "%(n)d paroles rapprochées.", moved) % {"n": moved}
        messages.success(request, told)
    return redirect(request.get_full_path())


@require_http_methods(["GET", "POST"])
@for_agents
def new_theme(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)

    def act(cleaned: dict[str, Any]) -> str:
        open_theme(
            process=process,
            words=Words(title=cleaned["title"], text=cleaned["text"]),
            author=request.person,
            clock=request.clock,
        )
        return process_desk_path(process, "sujets")

    asked = Asked(
        title=_("Un nouveau sujet"),
        lead=_("Son nom est ce que ces paroles ont en commun, dans les mots des gens."),
        send=_("Ouvrir le sujet"),
        done=_("Sujet ouvert."),
        place=Place.THEME,
        crumbs=process_crumbs(process, "sujets", _("Paroles")),
    )
    return ask(request, ThemeForm(request.POST or None), act, asked)


def _grouping_path(record: Record) -> str:
    return process_desk_path(record.process.as_process, "sujets") if record.process else at("/bureau")


@require_POST
@for_agents
def ungroup(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.IDEA)
    ungroup_contribution(contribution=record, clock=request.clock)
    messages.success(request, _("Parole détachée de son sujet."))
    return redirect(_grouping_path(record))


Act = Callable[..., None]


def _judge(request: Request, code: str, act: Act, asked: Callable[[str], Asked]) -> HttpResponse:
    """In or out of the field: the same form, and a reason that everyone reads."""
    record = desk_record(request, code, Kind.IDEA)
    back = _grouping_path(record)

    def judged(cleaned: dict[str, Any]) -> str:
        act(
            contribution=record,
            reason=cleaned["reason"],
            function=function_of(request),
            clock=request.clock,
        )
        return back

    page = replace(asked(record.title), crumbs=((_("Paroles"), back),))
    return ask(request, ReasonForm(request.POST or None), judged, page)


@require_http_methods(["GET", "POST"])
@for_agents
def inadmissible(request: Request, code: str) -> HttpResponse:
    return _judge(
        request,
        code,
        declare_inadmissible,
        lambda title: Asked(
            title=_("Hors du champ"),
            lead=_("« %(said)s » reste publiée, sous une ligne à part, avec votre motif.") % {"said": title},
            send=_("Publier le motif"),
            done=_("C’est publié."),
            place=Place.THEME,
        ),
    )


@require_http_methods(["GET", "POST"])
@for_agents
def readmit(request: Request, code: str) -> HttpResponse:
    return _judge(
        request,
        code,
        readmit_contribution,
        lambda title: Asked(
            title=_("Remettre dans le champ"),
            lead=_("« %(said)s » rejoint les autres paroles, et une réponse lui est due.") % {"said": title},
            send=_("Publier le motif"),
            done=_("C’est publié."),
            place=Place.THEME,
        ),
    )
