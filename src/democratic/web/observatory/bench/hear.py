"""Publish a hearing."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.observatory.actions import Held, publish_hearing
from democratic.observatory.models import Observatory
from democratic.observatory.queries import MOST, commitments_to_judge
from democratic.thread.actions import Words
from democratic.web.observatory.access import for_members
from democratic.web.observatory.bench.trails import bench_trail, ids_of
from democratic.web.observatory.forms import HearingForm
from democratic.web.organisations.asking import Question, ask
from democratic.web.places import record_path
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import title_of
from democratic.web.uploads import take_file


@require_http_methods(["GET", "POST"])
@for_members
def page(request: Request, observatory: Observatory) -> HttpResponse:
    known = {str(each.pk): each for each in commitments_to_judge(request.viewer)[:MOST]}
    choices = [(pk, title_of(each.record)) for pk, each in known.items()]
    form = HearingForm(choices, request.POST or None, request.FILES or None)
    taken: dict[str, Any] = {}

    def prepare(cleaned: dict[str, Any]) -> None:
        taken["photo"] = take_file(request, cleaned["file"], cleaned["file_alt"])

    def act(cleaned: dict[str, Any]) -> str:
        held = Held(
            words=Words(title=cleaned["title"], text=cleaned["text"], language=get_language() or "fr"),
            held_on=cleaned["held_on"],
            place=cleaned["place"],
            heard=cleaned["heard"],
            commitments=[known[pk] for pk in cleaned["commitments"]],
            is_remote=cleaned["is_remote"],
            recording_url=cleaned["recording_url"],
            transcript=cleaned["transcript"],
            photo=taken.get("photo"),
        )
        hearing = publish_hearing(
            observatory=observatory, held=held, person_ids=ids_of(request), clock=request.clock
        )
        return record_path("hearing", hearing.record.code)

    question = Question(
        title=_("Publier une audition"),
        lead=_("Elle ne sera jamais réécrite : une erreur se corrige par une ligne datée."),
        send=_("Publier l’audition"),
        done=_("L’audition est publiée."),
        trail=bench_trail(observatory),
        public=_("Public dès que vous publiez, et inscrit au journal."),
    )
    return ask(request, form, act, question, prepare)
