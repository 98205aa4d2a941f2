"""The second hand, which sees no tick of the first; and what differs, side by side."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.ids import uuid7
from democratic.participation.paper.actions import check_entry, hand_of, settle_differences
from democratic.participation.paper.cells import BODIES
from democratic.participation.paper.models import PaperBatch
from democratic.participation.paper.queries import (
    Difference,
    differences_of,
    options_in,
    pictures_of,
    rows_of,
)
from democratic.participation.paper.states import BatchState
from democratic.people.models import AgeBand
from democratic.web.acts import attempt, refused
from democratic.web.desk.access import for_agents, function_of
from democratic.web.desk.pages import acknowledge, desk_page
from democratic.web.paper.forms import CheckForm, marking
from democratic.web.paper.grid import HEADS, legend_of, picture_path, standing
from democratic.web.paper.places import batch_crumbs, batch_path, desk_batch
from democratic.web.paper.settle import SettleForm
from democratic.web.requests import Request, someone


@require_http_methods(["GET", "POST"])
@for_agents
def check(request: Request, slug: str, batch: UUID) -> HttpResponse:
    found = desk_batch(request, slug, batch)
    if not standing(request, found)["may_check"]:
        return redirect(batch_path(found))
    rows, options = rows_of(found, 1), options_in(found)
    form = CheckForm([row.number for row in rows], len(options), request.POST or None)

    def act(_person: object, cleaned: dict[str, Any]) -> str:
        with marking(form):
            told = check_entry(
                batch=found,
                sheets=cleaned["sheets"],
                rows=form.rows(),
                by=someone(request),
                function=function_of(request),
                clock=request.clock,
            )
        return batch_path(found, "ecarts" if told.state == BatchState.DIFFERS else "")

    if request.method == "POST" and (location := attempt(request, form, act)) is not None:
        acknowledge(request, _("Votre saisie est comparée à la première."))
        return location
    context = standing(request, found) | {
        "form": form,
        "key": request.POST.get("key") or uuid7().hex,
        "lines": _lines(found, form),
        "legend": legend_of(options),
    }
    title = _("Ressaisir : %(name)s") % {"name": found.name}
    return desk_page(
        request, "paper_check.html", context, title=title, crumbs=batch_crumbs(found), status=refused(form)
    )


def _lines(batch: PaperBatch, form: CheckForm) -> list[dict[str, Any]]:
    """The number of each sheet leads to it in the pile; what was ticked is not shown."""
    pictures = pictures_of(batch)
    lines = []
    for row in rows_of(batch, 1):
        page = getattr(row, "page", None)
        shown = page is not None and "page" in pictures.get(page.pk, ())
        ticks = [
            name for name in ("age", "choice", "body", "consents") if f"{name}_{row.number}" in form.fields
        ]
        lines.append(
            {
                "n": row.number,
                "code": row.sheet.code if row.sheet else "",
                "ticks": [(form[f"{name}_{row.number}"], HEADS[name], False) for name in ticks],
                "picture": picture_path(batch, page.pk, "page") if page is not None and shown else "",
            }
        )
    return lines


@require_http_methods(["GET", "POST"])
@for_agents
def differences(request: Request, slug: str, batch: UUID) -> HttpResponse:
    found = desk_batch(request, slug, batch)
    if found.state != BatchState.DIFFERS:
        return redirect(batch_path(found))
    told, options = differences_of(found), options_in(found)
    own = hand_of(found, someone(request))
    form = SettleForm(own, [_named(each, options) for each in told], request.POST or None)

    def act(_person: object, _cleaned: dict[str, Any]) -> str:
        told = settle_differences(batch=found, chosen=form.chosen(), by=someone(request), clock=request.clock)
        return batch_path(found, "ecarts" if told.state == BatchState.DIFFERS else "")

    if request.method == "POST" and (location := attempt(request, form, act)) is not None:
        left = location.url.endswith("/ecarts")
        acknowledge(
            request,
            _("C’est noté. Une autre personne que vous doit regarder les cases qui restent.")
            if left
            else _("Le lot est compté."),
        )
        return location
    context = standing(request, found) | {"form": form, "key": request.POST.get("key") or uuid7().hex}
    title = _("%(name)s : deux saisies qui diffèrent") % {"name": found.name}
    return desk_page(
        request,
        "paper_differences.html",
        context,
        title=title,
        crumbs=batch_crumbs(found),
        status=refused(form),
    )


def _named(each: Difference, options: list[list[Any]]) -> tuple[str, str, str, str]:
    """The field of a cell, its question, and what each hand read."""
    label = _("Feuille %(n)d, %(cell)s") % {"n": each.number, "cell": HEADS[each.cell].lower()}
    first, second = (_said(each.cell, value, options) for value in (each.first, each.second))
    return f"{each.cell}_{each.number}", label, first, second


def _said(cell: str, value: Any, options: list[list[Any]]) -> str:
    if cell == "age":
        return str(AgeBand(value).label)
    if cell == "choice":
        return str(options[value - 1][1] or _("Sans avis")) if value else _("aucune case, ou plusieurs")
    if cell == "body":
        return (
            {"yes": _("oui"), "no": _("non")}.get(value, _("je ne dis pas, ou rien"))
            if value in BODIES.values()
            else ""
        )
    return _("coché") if value else _("pas coché")
