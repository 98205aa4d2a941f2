"""The sheets of answers of a process: the one to fill in, those that came back."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.models import Service
from democratic.communities.queries import services_of
from democratic.kernel.ids import uuid7
from democratic.kernel.limits import spend
from democratic.participation.answers.assigned import services_assigned
from democratic.participation.processes.models import Process
from democratic.participation.sheets.actions import receive_sheet
from democratic.participation.sheets.models import AnswerSheet
from democratic.participation.sheets.problems import Fault
from democratic.participation.sheets.queries import sheets_of, to_answer
from democratic.participation.sheets.states import SheetState
from democratic.web.acts import attempt, refused
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.sheets import SheetForm
from democratic.web.desk.pages import desk_page, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import day, hour, number
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone
from democratic.web.suites.csv_files import csv_response
from democratic.web.uploads import UPLOADS_OF_A_PERSON

PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_path(process: Process, sheet: object, act: str = "") -> str:
    return process_desk_path(process, f"feuilles/{sheet}" + (f"/{act}" if act else ""))


@require_http_methods(["GET", "POST"])
@for_agents
def board(request: Request, slug: str) -> HttpResponse:
    """Take the sheet, fill it in offline, send it back: what it would change is shown before anything is written."""
    process = desk_process(request, slug)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        location = attempt(request, form, lambda _person, cleaned: _receive(request, process, cleaned))
        if location is not None:
            return location
    paging, here = paging_of(request, PAGE), process_desk_path(process, "feuilles")
    found, total = sheets_of(process, offset=paging.offset, limit=paging.size)
    context = {
        "form": form,
        "key": request.POST.get("key") or uuid7().hex,
        "files": _files(here),
        "services": [
            {"name": name, "n": n, "files": _files(here, f"?service={pk}")}
            for pk, name, n in services_assigned(process)
        ],
        "rows": [_row(process, sheet) for sheet in found],
        "pager": pager(paging, len(found), total, here),
    }
    crumbs = process_crumbs(process, "reponses", _("Réponses"))
    title = _("Répondre sur une feuille de calcul")
    return desk_page(request, "sheets.html", context, title=title, crumbs=crumbs, status=refused(form))


def _files(here: str, query: str = "") -> list[tuple[str, str]]:
    return [(form_name, f"{here}/a-remplir.{form_name}{query}") for form_name in ("xlsx", "csv")]


def _receive(request: Request, process: Process, cleaned: dict[str, Any]) -> str:
    person, sent = someone(request), cleaned["sheet"]
    spend(UPLOADS_OF_A_PERSON, str(person.pk))
    sheet = receive_sheet(
        process=process, uploader=person, name=sent.name, chunks=sent.chunks(), clock=request.clock
    )
    return sheet_path(process, sheet.pk)


def _row(process: Process, sheet: AnswerSheet) -> dict[str, Any]:
    sent = {"day": day(sheet.received_at), "hour": hour(sheet.received_at)}
    return {
        "name": sheet.name,
        "url": sheet_path(process, sheet.pk),
        "meta": _("envoyée le %(day)s, %(hour)s") % sent,
        "state": state_of(sheet),
    }


def state_of(sheet: AnswerSheet) -> str:
    """Where it stands, in words."""
    lines = ngettext("%(n)s ligne lue", "%(n)s lignes lues", sheet.lines_read) % {
        "n": number(sheet.lines_read)
    }
    drafts = ngettext("%(n)s brouillon écrit", "%(n)s brouillons écrits", sheet.written) % {
        "n": number(sheet.written)
    }
    return {
        SheetState.RECEIVED: _("reçue, bientôt lue"),
        SheetState.READING: _("en cours de lecture : %(lines)s") % {"lines": lines},
        SheetState.READY: _("lue, à relire avant d’écrire"),
        SheetState.APPLYING: _("en cours d’écriture : %(drafts)s") % {"drafts": drafts},
        SheetState.DONE: drafts,
        SheetState.REFUSED: _("refusée"),
        SheetState.DROPPED: _("abandonnée"),
    }[SheetState(sheet.state)]


def fault_of(sheet: AnswerSheet) -> str:
    return str(Fault(sheet.fault).label) if sheet.fault else ""


def _service(request: Request) -> Service | None:
    """The one whose subjects alone are asked for; 404 when it is none of here."""
    asked = request.GET.get("service")
    if not asked:
        return None
    found = next((each for each in services_of(request.authority) if str(each.pk) == asked), None)
    if found is None:
        raise Http404
    return found


@require_GET
@for_agents
def blank(request: Request, slug: str, form: str) -> HttpResponse:
    """What there is to answer, with the drafts that are begun."""
    from democratic.participation.sheets.writing import (  # noqa: PLC0415  heavy: spreadsheets bring numpy
        cells_of,
        heads,
        write_xlsx,
    )

    process = desk_process(request, slug)
    service = _service(request)
    name = "-".join(["reponses", process.slug, *([slugify(service.name)] if service else [])])
    if form == "csv":
        return csv_response(name, heads(), map(cells_of, to_answer(process, service)))
    if form != "xlsx":
        raise Http404
    response = HttpResponse(write_xlsx(to_answer(process, service)), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
