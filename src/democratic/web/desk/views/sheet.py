"""One sheet that came back: how far it is read, what it would change, where it conflicts, and the go-ahead."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.sheets.actions import apply_sheet, choose, drop_sheet
from democratic.participation.sheets.columns import Filled
from democratic.participation.sheets.models import AnswerSheet
from democratic.participation.sheets.problems import Problem
from democratic.participation.sheets.queries import RowShown, get_sheet_for, outcomes_of, rows_of_sheet
from democratic.participation.sheets.states import AT_WORK, Choice, Outcome, SheetState
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.desk.views.sheets import fault_of, sheet_path, state_of
from democratic.web.formats import number
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 20
EVERY = 3  # seconds, for who asked that the page reloads by itself
# The words of an address, in the order in which they are looked at.
SHOWN = {
    "conflits": Outcome.CONFLICT,
    "erreurs": Outcome.ERROR,
    "nouvelles": Outcome.NEW,
    "changees": Outcome.CHANGED,
}


def _sheet(request: Request, slug: str, sheet: UUID) -> AnswerSheet:
    found = get_sheet_for(request.authority, sheet)
    if found is None or found.process_id != desk_process(request, slug).pk:
        raise Http404
    return found


@require_GET
@for_agents
def one(request: Request, slug: str, sheet: UUID) -> HttpResponse:
    found = _sheet(request, slug, sheet)
    here, counts = sheet_path(found.process, found.pk), outcomes_of(found)
    asked = request.GET.get("voir", "")
    shown = asked if asked in SHOWN else next((name for name, of in SHOWN.items() if counts[of]), "conflits")
    paging, outcome = paging_of(request, PAGE), SHOWN[shown]
    rows = rows_of_sheet(found, outcome, offset=paging.offset, limit=paging.size)
    is_at_work, follows = found.state in AT_WORK, "suivre" in request.GET
    waiting = counts[Outcome.NEW] + counts[Outcome.CHANGED]
    context = {
        "sheet": found,
        "state": state_of(found),
        "fault": fault_of(found),
        "here": here,
        "is_at_work": is_at_work,
        "follows": follows,
        "progress": _progress(found, waiting),
        "counts": _counted(found, counts),
        "shown_tabs": [
            (_label(of, counts[of]), f"{here}?voir={name}", name == shown) for name, of in SHOWN.items()
        ],
        "shown": outcome,
        "rows": [_row(each) for each in rows],
        "pager": pager(paging, len(rows), counts[outcome], here, voir=shown),
        "may_apply": found.state == SheetState.READY and bool(waiting or counts[Outcome.CONFLICT]),
        "may_apply_more": found.state == SheetState.DONE and bool(counts[Outcome.CONFLICT]),
        "may_choose": found.state in (SheetState.READY, SheetState.DONE) and outcome == Outcome.CONFLICT,
        "is_ready": found.state == SheetState.READY,
        "has_lines": any(counts.values()),
        "is_done": found.state == SheetState.DONE,
        "answers_url": process_desk_path(found.process, "reponses"),
        "sheets_url": process_desk_path(found.process, "feuilles"),
    }
    crumbs = (*process_crumbs(found.process), (_("Feuilles"), process_desk_path(found.process, "feuilles")))
    response = desk_page(request, "sheet.html", context, title=found.name, crumbs=crumbs)
    if is_at_work and follows:
        response.headers["Refresh"] = str(EVERY)
    return response


def _progress(sheet: AnswerSheet, waiting: int) -> tuple[int, int]:
    """Done, of how many: of lines while it is read, of drafts while it is written."""
    if sheet.state == SheetState.APPLYING:
        return sheet.written, sheet.written + waiting
    return min(sheet.lines_read, sheet.lines), max(sheet.lines, 1)


def _label(outcome: Outcome, n: int) -> str:
    words = {
        Outcome.CONFLICT: _("Conflits"),
        Outcome.ERROR: _("Erreurs"),
        Outcome.NEW: _("Nouvelles"),
        Outcome.CHANGED: _("Changées"),
    }
    return f"{words[outcome]} ({number(n)})"


def _counted(sheet: AnswerSheet, counts: dict[str, int]) -> list[tuple[str, str, str]]:
    """For parts/facts.html."""
    told = (
        (_("Nouveaux brouillons"), counts[Outcome.NEW], ""),
        (_("Brouillons changés"), counts[Outcome.CHANGED], ""),
        (_("Conflits"), counts[Outcome.CONFLICT], _("quelqu’un a écrit entre-temps : à vous de choisir")),
        (_("Erreurs"), counts[Outcome.ERROR], _("ces lignes sont laissées de côté")),
        (_("Sans changement"), sheet.unchanged, ""),
        (_("Laissées vides"), sheet.empty, ""),
    )
    return [(term, number(n), detail if n else "") for term, n, detail in told]


def _row(shown: RowShown) -> dict[str, Any]:
    row = shown.row
    return {
        "id": str(row.pk),
        "line": row.number,
        "where": row.cell or str(row.number),
        "problem": Problem(row.problem).label % {"detail": row.detail} if row.problem else "",
        "code": row.subject.code if row.subject else "",
        "kind": row.subject.kind if row.subject else "",
        "title": row.subject.title if row.subject else "",
        "sheet": _said(Filled(row.verdict, row.passed_to, row.reason)),
        "saved": _said(shown.saved),
        "stamp": shown.stamp,
        "choice": row.choice,
    }


def _said(filled: Filled) -> dict[str, str]:
    return {"verdict": filled.verdict, "passed_to": filled.passed_to, "reason": filled.reason}


@require_POST
@for_agents
def choosing(request: Request, slug: str, sheet: UUID) -> HttpResponse:
    """Between the sheet and what is saved, line by line, or for all those of one page."""
    found = _sheet(request, slug, sheet)
    back = f"{sheet_path(found.process, found.pk)}?voir=conflits"
    try:
        spend_a_write(request)
        n = choose(sheet=found, choices=_choices(request))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        told = ngettext("%(n)d choix enregistré.", "%(n)d choix enregistrés.", n) % {"n": n}
        messages.success(request, told)
    return redirect(back)


def _choices(request: Request) -> dict[UUID, tuple[Choice, int]]:
    """What can't be read chooses nothing."""
    for_all, choices = request.POST.get("all", ""), {}
    for name in list(request.POST)[: PAGE * 4]:
        kind, _dash, pk = name.partition("_")
        said, stamp = for_all or request.POST.get(f"choice_{pk}", ""), request.POST.get(name, "")
        if kind == "stamp" and stamp.isascii() and stamp.isdigit() and said in set(Choice) and said:
            with suppress(ValueError):
                choices[UUID(pk)] = (Choice(said), int(stamp[:9]))
    return choices


@require_POST
@for_agents
def applying(request: Request, slug: str, sheet: UUID) -> HttpResponse:
    found = _sheet(request, slug, sheet)
    try:
        spend_a_write(request)
        apply_sheet(sheet=found, clock=request.clock)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(sheet_path(found.process, found.pk))


@require_POST
@for_agents
def dropping(request: Request, slug: str, sheet: UUID) -> HttpResponse:
    found = _sheet(request, slug, sheet)
    try:
        drop_sheet(sheet=found)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Feuille abandonnée : rien n’en a été écrit."))
    return redirect(process_desk_path(found.process, "feuilles"))
