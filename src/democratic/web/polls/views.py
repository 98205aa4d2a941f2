"""One question: read, answered with one tap, and taken back."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from democratic.kernel.ids import read_code
from democratic.participation.polls.actions import answer_poll, take_back_answer
from democratic.participation.polls.queries import get_poll_for, poll_scope_for
from democratic.people.models import Person
from democratic.thread.models import Kind
from democratic.web import acts
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import readable
from democratic.web.ideas.marks import show_refusal
from democratic.web.pages import show_stored
from democratic.web.places import record_path
from democratic.web.polls.mine import mine
from democratic.web.polls.page import build_poll_page
from democratic.web.processes.days import anyone
from democratic.web.requests import Request
from democratic.web.suites.reading import by_code

LONGEST_RANK = 4  # signs


@by_code
def poll(request: Request, code: str) -> HttpResponse:
    viewer = anyone(request)
    found = get_poll_for(viewer, code)
    return show_stored(
        request,
        found.process_id,
        partial(build_poll_page, viewer, found, request.clock.now()),
        personal=partial(mine, request, found),
        is_each_hers=found.is_shuffled,
    )


@require_POST
@readable
@shown_or_gone
def answer(request: Request, code: str) -> HttpResponse:
    """The button that was tapped says which; tapped twice, it is one answer."""
    poll_id, back = _found(request, code)
    typed = request.POST.get("option", "")
    rank = int(typed) if typed.isdecimal() and len(typed) < LONGEST_RANK else 0

    def act(person: Person, _said: dict[str, Any]) -> str:
        answer_poll(poll_id=poll_id, rank=rank, person=person, clock=request.clock)
        return back

    form = forms.Form(request.POST)
    return acts.attempt(request, form, act) or show_refusal(request, form, back)


@require_POST
@readable
@shown_or_gone
def take_back(request: Request, code: str) -> HttpResponse:
    poll_id, back = _found(request, code)

    def act(person: Person, _said: dict[str, Any]) -> str:
        take_back_answer(poll_id=poll_id, person=person, clock=request.clock)
        return back

    form = forms.Form(request.POST)
    done = acts.attempt(request, form, act)
    if done is None:
        return show_refusal(request, form, back)
    messages.success(request, _("Votre réponse est retirée. Vous pouvez en donner une autre."))
    return done


def _found(request: Request, code: str) -> tuple[UUID, str]:
    known = read_code(code)
    if known is None:
        raise Http404
    poll_id, _process = poll_scope_for(request.viewer, known)
    return poll_id, f"{record_path(Kind.POLL, known)}#reponse"
