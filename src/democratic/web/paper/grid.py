"""The first hand: one line a sheet, by the keyboard alone; what was scanned is filled in, and shown beside."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.ids import uuid7
from democratic.participation.paper.actions.batches import MOST_SHEETS
from democratic.participation.paper.models import PaperBatch, PaperRow
from democratic.participation.paper.queries import (
    Progress,
    cells_of,
    options_in,
    pictures_of,
    problems_of,
    progress_of,
    rows_of,
)
from democratic.participation.paper.rows import GROUPS
from democratic.participation.paper.states import BatchState, Problem
from democratic.people.models import AgeBand
from democratic.web.acts import refused
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page
from democratic.web.formats import day, number
from democratic.web.paper.forms import GridForm
from democratic.web.paper.moved import Sides, freshen, sides_of
from democratic.web.paper.places import batch_path, desk_batch, paper_crumbs, paper_path
from democratic.web.paper.scan_form import ScanForm
from democratic.web.paper.sending import LINES, Sending, page_of, page_path
from democratic.web.requests import Request, someone

EVERY = 3  # seconds, for who asked that the page reloads by itself


@require_http_methods(["GET", "POST"])
@for_agents
def one(request: Request, slug: str, batch: UUID) -> HttpResponse:
    """A pile where it stands: to be typed, to be typed again by another, or told."""
    found = desk_batch(request, slug, batch)
    if found.state == BatchState.OPEN and found.entered_by_id == someone(request).pk:
        return _grid(request, found)
    if request.method == "POST":
        return redirect(batch_path(found))
    return desk_page(request, "paper_batch.html", standing(request, found), title=found.name,
                     crumbs=paper_crumbs(found.process))  # fmt: skip


def _grid(request: Request, batch: PaperBatch) -> HttpResponse:
    progress = progress_of(batch)
    if request.method == "GET" and "suivre" in request.GET and progress.waiting:
        return _followed(request, batch, progress)
    first = 1 + LINES * (page_of(request) - 1)
    numbers, options = range(first, first + LINES), options_in(batch)
    stands = cells_of(batch, 1)
    form = GridForm(numbers, len(options), stands, request.POST or None)
    sending = Sending(request, batch, form)
    if request.method == "POST" and (location := sending.go()) is not None:
        return location
    if request.method == "POST":
        stands, progress = cells_of(batch, 1), progress_of(batch)
    stamps = freshen(form, stands, is_kept=sending.is_kept)
    context = standing(request, batch) | {
        "form": form,
        "key": request.POST.get("key") or uuid7().hex,
        "kept": page_path(request, batch),
        "lines": _lines(batch, form, stamps, sides_of(sending.refused)),
        "legend": legend_of(options),
        "pages": _pages(batch, page_of(request)),
        "scan": ScanForm(),
        "progress": progress,
        "problems": _problems(batch),
    }
    return desk_page(
        request,
        "paper_grid.html",
        context,
        title=batch.name,
        crumbs=paper_crumbs(batch.process),
        status=refused(form),
    )


def _followed(request: Request, batch: PaperBatch, progress: Progress) -> HttpResponse:
    """Reloads by itself: nothing is typed here."""
    context = standing(request, batch) | {"progress": progress}
    response = desk_page(
        request, "paper_reading.html", context, title=batch.name, crumbs=paper_crumbs(batch.process)
    )
    response.headers["Refresh"] = str(EVERY)
    return response


def _pages(batch: PaperBatch, current: int) -> list[tuple[str, str, bool]]:
    """For parts/tabs.html."""
    return [
        (
            _("Feuilles %(first)d à %(last)d") % {"first": 1 + LINES * n, "last": LINES * (n + 1)},
            batch_path(batch) + (f"?page={n + 1}" if n else ""),
            n + 1 == current,
        )
        for n in range(MOST_SHEETS // LINES)
    ]


def legend_of(options: list[list[Any]]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Which digit is which answer, by cell."""
    ages = [(n, str(band.label)) for n, band in enumerate([*_BANDS_ON_A_SHEET], 1)]
    answers = [(n, label or _("Sans avis")) for n, (_rank, label) in enumerate(options, 1)]
    none = (0, _("aucune case, ou plusieurs"))
    told = [(_("Âge"), [*ages, (0, _("aucune case"))])]
    if options:
        told.append((_("Réponse"), [*answers, none]))
    return [
        *told,
        (_("Déjà membre"), [(1, _("oui")), (2, _("non")), (0, _("je ne dis pas, ou rien"))]),
        (_("Accord"), [(1, _("coché")), (0, _("pas coché"))]),
    ]


_BANDS_ON_A_SHEET = tuple(band for band in AgeBand if band is not AgeBand.UNSAID)


def _lines(
    batch: PaperBatch, form: GridForm, stamps: dict[int, str], moved: dict[int, Sides]
) -> list[dict[str, Any]]:
    rows, pictures = {row.number: row for row in rows_of(batch, 1)}, pictures_of(batch)
    return [
        _line(batch, form, n, rows.get(n), pictures)
        | {"seen": stamps[n], "moved": _moved(form, n, moved.get(n))}
        for n in form.numbers
    ]


def _moved(form: GridForm, n: int, sides: Sides | None) -> dict[str, Any] | None:
    """What stands there, as digits and words, and of which state one chooses."""
    if sides is None:
        return None
    said = form.said(n, sides.cells)
    ticks = [(HEADS[name], said[name]) for name in HEADED if said.get(name) not in (None, "")]
    return {"ticks": ticks, "name": sides.cells.first_name, "text": sides.cells.text, "stamp": sides.stamp}


def _line(
    batch: PaperBatch, form: GridForm, n: int, row: PaperRow | None, pictures: dict[UUID, set[str]]
) -> dict[str, Any]:
    page = getattr(row, "page", None) if row is not None else None
    shown = pictures.get(page.pk, set()) if page is not None else set()
    ticks = [name for name in HEADED if f"{name}_{n}" in form.fields]
    if page is not None and row is not None and row.sheet is not None:
        code = form[f"code_{n}"]
        if code.value() == row.sheet.code:  # the machine read it; what was typed otherwise may be put right
            code.field.widget.attrs["readonly"] = True
    asks = set(row.asks) if row is not None else set()
    return {
        "n": n,
        "ticks": [(form[f"{name}_{n}"], HEADS[name], name in asks) for name in ticks],
        "name": form[f"first_name_{n}"],
        "text": form[f"text_{n}"],
        "asked": [
            (HEADS[name], picture_path(batch, page.pk, GROUPS[name]))
            for name in ticks
            if page is not None and name in asks and GROUPS.get(name) in shown
        ],
        "pictures": {part: picture_path(batch, page.pk, part) for part in shown} if page is not None else {},
    }


class _Heads(dict[str, str]):
    """The short name of each cell, in the language of who reads."""

    def __missing__(self, name: str) -> str:
        return {
            "code": _("Numéro"),
            "age": _("Âge"),
            "choice": _("Réponse"),
            "body": _("Membre"),
            "consents": _("Accord"),
        }[name]


HEADS = _Heads()
HEADED = ("code", "age", "choice", "body", "consents")


def picture_path(batch: PaperBatch, page: UUID, part: str) -> str:
    return batch_path(batch, f"pages/{page}/{part}.jpg")


def _problems(batch: PaperBatch) -> list[dict[str, Any]]:
    pictures = pictures_of(batch)
    return [
        {
            "where": _("%(file)s, page %(n)d") % {"file": page.file.name, "n": page.number},
            "what": Problem(page.problem).what_to_do,
            "picture": picture_path(batch, page.pk, "page") if "page" in pictures.get(page.pk, ()) else "",
            "url": batch_path(batch, f"pages/{page.pk}/regler"),
        }
        for page in problems_of(batch)
    ]


def standing(request: Request, batch: PaperBatch) -> dict[str, Any]:
    """Where it stands, in words, and what whoever reads may do."""
    mine = batch.entered_by_id == someone(request).pk
    told = batch.told
    return {
        "batch": batch,
        "here": batch_path(batch),
        "list_url": paper_path(batch.process),
        "state": BatchState(batch.state).label,
        "meta": _("remplies le %(day)s") % {"day": day(batch.gathered_on)},
        "may_check": batch.state == BatchState.ENTERED and not mine,
        "waits_for_another": batch.state == BatchState.ENTERED and mine,
        "is_anothers": batch.state == BatchState.OPEN and not mine,
        "may_settle": batch.state == BatchState.DIFFERS,
        "may_drop": batch.state != BatchState.COUNTED,
        "told": [
            (_("Feuilles"), number(told["sheets"]), ""),
            (_("Paroles publiées"), number(told["ideas"]), ""),
            (_("Réponses comptées"), number(told["ticks"]), ""),
            (_("Sans réponse, ou nulles"), number(told["void"]), ""),
            (_("Déjà membres d’un conseil"), number(told["bodies"].get("yes", 0)), ""),
        ]
        if told
        else [],
    }
