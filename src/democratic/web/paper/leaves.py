"""The PDF of a print run, composed each time and kept nowhere. Sent for by its maker, once, it carries the keys of stubs;
read again, by anyone, it has none.
"""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.communities.reserve.queries import names_leave
from democratic.kernel.refusals import Refusal
from democratic.participation.paper.keys import draw_keys
from democratic.participation.paper.models import PrintRun
from democratic.participation.paper.printing import said_by, sheets_of
from democratic.participation.paper.queries import get_run_for
from democratic.people.models import AgeBand
from democratic.web.charts.slots import CannotDraw
from democratic.web.desk.access import for_agents
from democratic.web.desk.views.processes import desk_process
from democratic.web.kits.form import Asked, Leaf, form
from democratic.web.kits.making import PDF, Sheet, compose
from democratic.web.kits.told import told_of
from democratic.web.paper.places import paper_path
from democratic.web.processes.days import today_of
from democratic.web.requests import Request, someone


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def leaves(request: Request, slug: str, run: UUID) -> HttpResponse:
    process = desk_process(request, slug)
    found = get_run_for(request.authority, run)
    if found is None or found.process_id != process.pk:
        raise Http404
    today, gives_keys = today_of(request), request.method == "POST"
    told = told_of(process, today, names_officials=not names_leave(process.authority, today))
    try:
        with transaction.atomic():  # what cannot be composed drew no key
            keys = draw_keys(run=found, by=someone(request), clock=request.clock) if gives_keys else {}
            sheet = Sheet(
                "form",
                "form",
                form(told, found.layout, asked_of(found), leaves_of(found, keys), of=found.copies),
                today,
            )
            content = compose(sheet, PDF)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(paper_path(process))
    except CannotDraw:
        words = _("Cette feuille ne peut pas être composée pour l’instant. Réessayez dans une minute.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = (
        f'{"attachment" if gives_keys else "inline"}; filename="formulaire-{slug}-{found.code}.pdf"'
    )
    return response


def asked_of(run: PrintRun) -> Asked:
    """What was asked when it was printed."""
    options = {rank: words or _("Sans avis") for rank, words in run.options}
    return Asked(run.question, options, said_of_all(run), run.age == AgeBand.UNDER_15)


def said_of_all(run: PrintRun) -> list[str]:
    """Of a class: its name, its age, its municipality, as far as they were said."""
    age = str(AgeBand(run.age).label) if run.age else ""
    return [each for each in (run.group, age, run.place) if each]


def leaves_of(run: PrintRun, keys: Mapping[int, str]) -> list[Leaf]:
    return [
        Leaf(sheet.serial, sheet.code, keys.get(sheet.serial, ""), str(said_by(run, sheet.serial)))
        for sheet in sheets_of(run)
    ]
