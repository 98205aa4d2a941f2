"""One tap: « moi aussi »; « on a répondu », or not; or her own question taken back."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from democratic.kernel.ids import read_code
from democratic.participation.meetings.wall.actions import (
    mark_answered,
    support_question,
    take_back_question,
    unsupport_question,
)
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.queries import get_wall_question_for
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.web import acts
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import path_back, readable
from democratic.web.ideas.marks import NO, show_refusal
from democratic.web.meetings.wall.places import question_path, wall_path
from democratic.web.requests import Request


def _found(request: Request, code: str) -> WallQuestion:
    known = read_code(code)
    if known is None:
        raise Http404
    return get_wall_question_for(request.viewer, known)


@require_POST
@readable
@shown_or_gone
def toggle_support(request: Request, code: str) -> HttpResponse:
    """``vers`` says which way, so that two taps are one support and not none."""
    found = _found(request, code)
    act = unsupport_question if request.POST.get("vers") == NO else support_question
    back = f"{path_back(request, question_path(found.record.code))}#q-{found.record.code}"

    def tap(person: Person, _said: dict[str, Any]) -> str:
        act(question=found, person=person)
        return back

    return _attempt(request, tap, back)


@require_POST
@readable
@shown_or_gone
def mark(request: Request, code: str) -> HttpResponse:
    found = _found(request, code)
    back = f"{question_path(found.record.code)}#repondue"

    def tap(person: Person, _said: dict[str, Any]) -> str:
        mark_answered(question=found, person=person, is_answered=request.POST.get("oui") == "1")
        return back

    return _attempt(request, tap, back)


@require_POST
@readable
@shown_or_gone
def take_back(request: Request, code: str) -> HttpResponse:
    """Hers alone: anyone else finds nothing to take back."""
    found, person = _found(request, code), request.person
    if person is None or found.record.author_id not in person_and_claimed(person):
        raise Http404
    back = wall_path(found.meeting.record.code)

    def act(_person: Person, _said: dict[str, Any]) -> str:
        take_back_question(question=found, clock=request.clock)
        messages.success(request, _("Votre question est retirée."))
        return back

    return _attempt(request, act, back)


def _attempt(request: Request, act: Any, back: str) -> HttpResponse:
    form = forms.Form(request.POST)
    return acts.attempt(request, form, partial(act)) or show_refusal(request, form, back)
