"""« Imprimer » at the desk, each kit as a PDF, and the public report as a PDF."""

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.communities.queries import controller_of
from democratic.communities.reserve.queries import names_leave
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import get_process_for
from democratic.participation.reports.balance import balance_of
from democratic.participation.reports.home import question_of, title_of
from democratic.web.desk.access import for_staff
from democratic.web.desk.pages import desk_page, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.kits.all_kits import BY_KEY, KITS, Kit
from democratic.web.kits.giving import give
from democratic.web.kits.making import PDF, PREVIEW, Sheet
from democratic.web.kits.report import report
from democratic.web.kits.told import Told, told_of
from democratic.web.kits.unread import undrawn
from democratic.web.places import at, process_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.requests import Request
from democratic.web.suites.reading import by_slug


@require_safe
@for_staff
def listed(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    here = process_desk_path(process, "imprimer")
    controller = controller_of(request.authority)
    context = {
        "kits": [
            {
                "name": each.name,
                "purpose": each.purpose,
                "paper": each.paper,
                "url": f"{here}/{each.key}.pdf",
                "preview": f"{here}/{each.key}.svg",
                "is_wide": each.is_wide,
            }
            for each in KITS
        ],
        "unread": _undrawn_in(process),
        "report_url": process_path(slug, "bilan.pdf"),
        "lacks_contact": not (controller.officer_email or controller.email or controller.postal_address),
        "declaration_url": at("/bureau/collectivite/mentions"),
    }
    return desk_page(request, "kits.html", context, title=_("Imprimer"), crumbs=process_crumbs(process))


@require_safe
@for_staff
def kit(request: Request, slug: str, key: str) -> HttpResponse:
    process = desk_process(request, slug)
    asked = _kit(key)
    return give(request, _sheet(asked, _told(request, process)), PDF, name=f"{key}-{slug}")


@require_safe
@for_staff
def preview(request: Request, slug: str, key: str) -> HttpResponse:
    process = desk_process(request, slug)
    asked = _kit(key)
    return give(request, _sheet(asked, _told(request, process)), PREVIEW, name=f"{key}-{slug}")


def _told(request: Request, process: Process) -> Told:
    """In an election reserve, under the service that answers, and no name."""
    today = today_of(request)
    return told_of(process, today, names_officials=not names_leave(process.authority, today))


def _undrawn_in(process: Process) -> str:
    return undrawn(title_of(process.record), *question_of(process.record), process.authority.name)


def _kit(key: str) -> Kit:
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


def _sheet(asked: Kit, told: Told) -> Sheet:
    return Sheet(_place(told.process, asked.key), asked.sheet, asked.say(told), told.today)


def _place(process: Process, key: str) -> str:
    return f"{process.pk}:{key}:{get_language()}"


@by_slug
def balance(request: Request, slug: str) -> HttpResponse:
    """The same for everyone, as the page beside which it stands."""
    viewer, today = anyone(request), today_of(request)
    process = get_process_for(viewer, slug)
    sheet = Sheet(_place(process, "bilan"), "balance", report(balance_of(process, viewer, today)), today)
    return give(request, sheet, PDF, name=f"bilan-{slug}", is_public=True)
