"""What is to be answered in a process, by whom it is prepared, and how far each answer is."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from democratic.participation.answers.assigned import Load
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.participation.processes.preflight.hours import hours_for
from democratic.participation.reports.to_answer import to_answer
from democratic.thread.rules import is_administrator, is_agent
from democratic.web.desk.access import for_staff
from democratic.web.desk.pages import desk_page, process_crumbs, process_desk_path, process_tabs
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import number
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 50


@require_GET
@for_staff
def board(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    paging, here = paging_of(request, PAGE), process_desk_path(process, "reponses")
    asked = _service_asked(request)
    found = to_answer(process, offset=paging.offset, limit=paging.size, service=asked)
    service = next((each for each in found.services if each[0] == asked), None)
    if asked is not None and service is None:
        return redirect(here)  # nothing is assigned to it any more
    context = {
        "process": process,
        "tabs": process_tabs(process, "reponses"),
        "may_act": bool(is_agent(request.viewer, process.record)),
        "themes": found.themes,
        "alone": found.alone,
        "pager": pager(
            paging,
            len(found.themes) + len(found.alone),
            found.total,
            here,
            service=str(asked) if asked else "",
        ),
        "together_url": f"{here}/ensemble",
        "assign_url": f"{here}/confier",
        "services": _service_links(found.services, here, service),
        "work": _work_of(service[1], found.left) if service and found.left else "",
        "due": obligation_of(process.record, Owed.ANSWER),
        "may_ask_for_two": bool(is_administrator(request.viewer, process.record)),
        "sheets_url": process_desk_path(process, "feuilles"),
        "empty": {
            "what": _("Rien à quoi répondre encore"),
            "why": _("Les réponses commencent quand on a rapproché ce qui a été dit."),
            "who": _("Ouvrez un premier sujet, et rangez-y les paroles qui se ressemblent."),
            "action": (_("Rapprocher les paroles"), process_desk_path(process, "sujets")),
        },
    }
    title = _("Répondre")
    return desk_page(request, "answers.html", context, title=title, crumbs=process_crumbs(process))


def _service_asked(request: Request) -> UUID | None:
    try:
        return UUID(request.GET.get("service", ""))
    except ValueError:
        return None


Given = tuple[UUID, str, int]


def _service_links(services: list[Given], here: str, current: Given | None) -> list[tuple[str, str, bool]]:
    """All, then what each service prepares; nothing as long as nothing is assigned."""
    links = [(f"{name} ({n})", f"{here}?service={pk}", (pk, name, n) == current) for pk, name, n in services]
    return [(_("Tous les services"), here, current is None), *links] if links else []


def _work_of(service: str, left: Load) -> str:
    """What is left to it, by the measures of the pre-flight."""
    if not left.subjects:
        return _("%(service)s a tout préparé.") % {"service": service}
    told = ngettext(
        "%(service)s : un sujet à préparer, %(hours)s h de travail environ.",
        "%(service)s : %(n)s sujets à préparer, %(hours)s h de travail environ.",
        left.subjects,
    )
    hours = number(hours_for(left.voices, left.subjects))
    return told % {"service": service, "n": number(left.subjects), "hours": hours}
