"""What the page of a question says to one reader alone: her answer, what follows, and « Pourquoi ? »."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.template.loader import render_to_string

from democratic.participation.polls.models import Poll, Shows
from democratic.participation.polls.queries import answer_of
from democratic.participation.polls.results import results_of
from democratic.participation.polls.states import PollState, state_of
from democratic.participation.processes import rules
from democratic.participation.processes.tool import Act
from democratic.people.queries import person_and_claimed
from democratic.thread.models import Kind
from democratic.web.charts.polls import label_of
from democratic.web.ideas.forms import SayForm
from democratic.web.places import process_path, record_path
from democratic.web.polls.options import buttons
from democratic.web.polls.page import asked, result
from democratic.web.requests import Request
from democratic.web.suites.follow import my_follow


def mine(request: Request, poll: Poll) -> Mapping[str, str]:
    person, now = request.person, request.clock.now()
    rank = answer_of(poll.pk, person_and_claimed(person)) if person else None
    seed = (str(person.pk) if person else "") if poll.is_shuffled else None
    back = record_path(Kind.POLL, poll.record.code)
    told = {} if person is None else my_follow(request, poll.pk, poll.record.code, back)
    if hasattr(poll.record, "withdrawal"):
        return told
    if rank is None:
        if seed is None or state_of(poll, now) != PollState.OPEN:
            return told
        return {**told, "answer": render_to_string("web/polls/ask.html", asked(poll, now, drawn_for=seed))}
    context = {**asked(poll, now, drawn_for=seed), **_answered(request, poll, rank)}
    context["buttons"] = buttons(poll, chosen=rank, drawn_for=seed)
    return {**told, "answer": render_to_string("web/polls/answered.html", context)}


def _answered(request: Request, poll: Poll, rank: int) -> dict[str, Any]:
    now = request.clock.now()
    is_open = state_of(poll, now) == PollState.OPEN
    said = next(option for option in poll.options.all() if option.rank == rank)
    shown = poll.shows == Shows.ANSWERED and is_open
    options = list(poll.options.all())
    results = results_of(poll, options) if shown else None
    return {
        "is_open": is_open,
        "said": label_of(poll, said),
        "is_told_now": shown,
        "result": result(poll, results) if results else None,
        "why": _why(request, poll) if is_open else None,
    }


def _why(request: Request, poll: Poll) -> dict[str, Any] | None:
    """Only while the process listens: a sentence said then is owed an answer."""
    if not rules.is_open(poll.process_id, Act.SUBMIT_IDEA, request.clock.now()):
        return None
    form = SayForm(is_signed_in=request.viewer.is_signed_in)
    return {
        "age_band": form["age_band"],
        "text": form["text"],
        "key": uuid4().hex,
        "action": f"{process_path(poll.process.slug, 'dire')}?question={poll.record.code}",
    }
