"""Resign from a seat."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.clock import local_day
from democratic.observatory.actions import resign
from democratic.observatory.models import Observatory
from democratic.observatory.rules import seat_of
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.observatory.access import for_members
from democratic.web.observatory.bench.trails import bench_trail, ids_of
from democratic.web.observatory.mandates_forms import LeavingForm
from democratic.web.observatory.places import page_of
from democratic.web.organisations.asking import Question, ask
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
@for_members
@recently_authenticated
def page(request: Request, observatory: Observatory) -> HttpResponse:
    today = local_day(request.clock.now(), request.authority.time_zone)
    seat = seat_of(observatory, ids_of(request), today)
    if seat is None:
        raise Http404

    def act(cleaned: dict[str, Any]) -> str:
        resign(seat=seat, person_ids=ids_of(request), reason=cleaned["reason"], clock=request.clock)
        return page_of(observatory)

    question = Question(
        title=_("Quitter l’observatoire"),
        lead=_("Votre mandat se termine aujourd’hui, en public. Ce que vous avez jugé reste jugé."),
        send=_("Terminer mon mandat"),
        done=_("Votre mandat est terminé."),
        trail=bench_trail(observatory),
    )
    return ask(request, LeavingForm(request.POST if request.method == "POST" else None), act, question)
