"""A hand that goes up or down from a phone."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from democratic.participation.meetings.floor.actions import ask_for_floor, withdraw_turn
from democratic.people.models import Person
from democratic.web import acts
from democratic.web.ideas.intake import readable
from democratic.web.ideas.marks import show_refusal
from democratic.web.meetings.direct.places import live_path
from democratic.web.meetings.team import live_meeting_at
from democratic.web.requests import Request


@require_POST
@readable
def ask(request: Request, code: str) -> HttpResponse:
    """The button says which way, so that two taps are one hand and not none."""
    meeting = live_meeting_at(request, code)
    back, lowers = f"{live_path(meeting)}#moi", request.POST.get("geste") == "baisser"

    def act(person: Person, _said: dict[str, Any]) -> str:
        if lowers:
            withdraw_turn(meeting_id=meeting.pk, person=person)
        else:
            ask_for_floor(meeting_id=meeting.pk, person=person, clock=request.clock)
        return back

    form = forms.Form(request.POST)
    return acts.attempt(request, form, act) or show_refusal(request, form, back)
