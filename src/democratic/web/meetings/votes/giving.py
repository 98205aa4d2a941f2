"""One voice given by a form: with a seat in the meeting while it is open, as one who comes later after it.

The page's script posts the same form to the same address, and asks for JSON. The entry takes most of those by itself, in
batches; what it leaves (who is not known yet, who votes later, what is refused in detail) comes here.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from democratic.kernel.ids import read_code
from democratic.participation.meetings.soundings.absent import come_later
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.soundings.queries import get_sounding_for
from democratic.participation.meetings.soundings.states import SoundingState, state_of
from democratic.participation.meetings.soundings.voting import give_voice
from democratic.people.models import Person
from democratic.thread.queries import RecordNotFound
from democratic.web import acts
from democratic.web.guests import person_promised, remember_guest
from democratic.web.ideas.intake import path_back, readable
from democratic.web.ideas.marks import show_refusal
from democratic.web.meetings.team import meeting_at
from democratic.web.meetings.votes.places import vote_path
from democratic.web.meetings.votes.read import typed_in
from democratic.web.requests import Request

JSON = "application/json"


@require_POST
@readable
def give(request: Request, code: str, vote: str) -> HttpResponse:
    """A button or a form; sent twice, it is one voice."""
    sounding = _sounding_at(request, code, vote)
    back = path_back(request, f"{vote_path(sounding)}#votre-voix")
    given = typed_in(sounding.kind, request.POST.getlist("given"))

    def act(person: Person, _said: dict[str, Any]) -> str:
        if state_of(sounding, request.clock.now()) == SoundingState.LATER:
            come_later(meeting=sounding.meeting, person=person, clock=request.clock)
        give_voice(sounding=sounding, given=given, person=person, clock=request.clock)
        return back

    form = forms.Form(request.POST)
    done = acts.attempt(request, form, act, welcome=person_promised)
    if JSON in request.headers.get("Accept", ""):
        return _to_script(request, form)
    if done is None:
        return show_refusal(request, form, back)
    messages.success(request, _("Votre voix est gardée : elle compte une fois. Vous pouvez en changer."))
    return done


def _sounding_at(request: Request, code: str, vote: str) -> Sounding:
    try:
        sounding = get_sounding_for(request.viewer, read_code(vote) or "")
    except RecordNotFound as missing:
        raise Http404 from missing
    if sounding.meeting_id != meeting_at(request, code).pk:
        raise Http404
    return sounding


def _to_script(request: Request, form: forms.Form) -> HttpResponse:
    """As the entry says it."""
    refusal = " ".join(str(error) for errors in form.errors.values() for error in errors)
    status = acts.refused(form) if form.errors else 200
    answer = JsonResponse({"refusal": refusal}, status=status, headers={"Cache-Control": "no-store"})
    return remember_guest(request, answer)
