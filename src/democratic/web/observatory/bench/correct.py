"""Correct a hearing, by a dated line."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.ids import read_code
from democratic.observatory.actions import correct_hearing
from democratic.observatory.models import Observatory
from democratic.observatory.queries import get_hearing_for
from democratic.thread.queries import RecordNotFound
from democratic.web.observatory.access import for_members
from democratic.web.observatory.bench.trails import bench_trail, ids_of
from democratic.web.observatory.forms import CorrectionForm
from democratic.web.organisations.asking import Question, ask
from democratic.web.places import record_path
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import title_of


@require_http_methods(["GET", "POST"])
def page(request: Request, code: str) -> HttpResponse:
    """A hearing's own address leads to its observatory, whose members alone enter."""
    try:
        hearing = get_hearing_for(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing

    def page(request: Request, observatory: Observatory) -> HttpResponse:
        back = record_path("hearing", hearing.record.code)

        def act(cleaned: dict[str, Any]) -> str:
            correct_hearing(
                hearing=hearing, note=cleaned["note"], strike=cleaned["strike"], person_ids=ids_of(request),
                clock=request.clock,
            )  # fmt: skip
            return back

        question = Question(
            title=_("Corriger une audition"),
            lead=title_of(hearing.record),
            send=_("Publier la correction"),
            done=_("La correction est publiée, avec sa date."),
            trail=[*bench_trail(observatory), (title_of(hearing.record), back)],
            public=_("Public dès que vous publiez, et inscrit au journal."),
        )
        return ask(request, CorrectionForm(request.POST or None), act, question)

    return for_members(page)(request, code=hearing.observatory.record.code)
