"""One voice given by a form: with a seat in the meeting while it is open, as one who comes later after it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from democratic.kernel.ids import read_code
from democratic.participation.meetings.soundings.absent import come_later
from democratic.participation.meetings.soundings.models import Sounding, SoundingKind
from democratic.participation.meetings.soundings.queries import get_sounding_for
from democratic.participation.meetings.soundings.states import SoundingState, state_of
from democratic.participation.meetings.soundings.voting import Given, give_voice
from democratic.people.models import Person
from democratic.thread.queries import RecordNotFound
from democratic.web import acts
from democratic.web.ideas.intake import path_back, readable
from democratic.web.ideas.marks import show_refusal
from democratic.web.meetings.votes.places import vote_path
from democratic.web.requests import Request

MOST_GIVEN, LONGEST_RANK = 30, 3


@require_POST
@readable
def give(request: Request, code: str) -> HttpResponse:
    """A button or a form; sent twice, it is one voice."""
    try:
        sounding = get_sounding_for(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing
    back = path_back(request, f"{vote_path(sounding)}#votre-voix")
    given = _given(sounding, request)

    def act(person: Person, _said: dict[str, Any]) -> str:
        if state_of(sounding, request.clock.now()) == SoundingState.LATER:
            come_later(meeting=sounding.meeting, person=person, clock=request.clock)
        give_voice(sounding=sounding, given=given, person=person, clock=request.clock)
        return back

    form = forms.Form(request.POST)
    done = acts.attempt(request, form, act)
    if done is None:
        return show_refusal(request, form, back)
    messages.success(request, _("Votre voix est gardée : elle compte une fois. Vous pouvez en changer."))
    return done


def _given(sounding: Sounding, request: Request) -> Given:
    """What was left empty is not given."""
    typed = [each.strip() for each in request.POST.getlist("given")[:MOST_GIVEN] if each.strip()]
    if sounding.kind == SoundingKind.WORDS:
        return typed
    return [
        int(each) if each.isascii() and each.isdecimal() and len(each) < LONGEST_RANK else 0 for each in typed
    ]
