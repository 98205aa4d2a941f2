"""The wall as who runs the meeting sorts it: read first, merged, put to the debate, owed, or binned with a reason."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from democratic.communities.models import Service
from democratic.kernel.clock import local_day
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.rules import can_aid, can_facilitate
from democratic.participation.meetings.states import MeetingState
from democratic.participation.meetings.wall.actions import (
    Promised,
    call_question,
    close_wall,
    merge_questions,
    promised_by_default,
    publish_question,
    put_back_question,
    read_questions_first,
    unmerge_question,
)
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.ordered import Order, wall_of
from democratic.participation.meetings.wall.queries import (
    Shelf,
    get_question_to_sort,
    waiting_questions,
    wall_counts,
)
from democratic.participation.reports.home import title_of
from democratic.people.models import Person
from democratic.thread.models import Kind
from democratic.thread.queries import RecordNotFound
from democratic.web import acts
from democratic.web.formats import number
from democratic.web.ideas.marks import show_refusal
from democratic.web.meetings.team import for_team
from democratic.web.meetings.wall.drawn import counted
from democratic.web.meetings.wall.forms import CloseForm
from democratic.web.meetings.wall.places import card_path, sorting_path, wall_path
from democratic.web.meetings.wall.rows import told
from democratic.web.meetings.wall.speaking import acting_function
from democratic.web.meetings.wall.words import row_of, who
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.processes.days import today_of
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 30
MOST_MERGED = 20


def question_to_sort(request: Request, meeting: Meeting, code: str) -> WallQuestion:
    try:
        return get_question_to_sort(request.viewer, meeting, code)
    except RecordNotFound as missing:
        raise Http404 from missing


@require_safe
@for_team(can_facilitate)
def sort(request: Request, meeting: Meeting) -> HttpResponse:
    code, paging = meeting.record.code, paging_of(request, PAGE)
    found = wall_of(meeting, Shelf.OPEN, Order.SUPPORTED, offset=paging.offset, limit=paging.size)
    counts, here, name = wall_counts(meeting), sorting_path(code), title_of(meeting.record)
    may_answer = can_aid(request.viewer, meeting)  # a role held at home sorts, and answers for nobody
    rows = [
        _row(code, row, may_answer=may_answer)
        for row in told(request.viewer, [row_of(each) for each in found], today_of(request))
    ]
    context = {
        "prefix": at(""),
        "trail": [
            (name, record_path(Kind.MEETING, code)),
            (_("Les questions"), wall_path(code)),
            (_("Trier"), ""),
        ],
        "name": name,
        "counted": counted(counts),
        "waiting": [_waiting(code, each) for each in waiting_questions(meeting)],
        "current": next((row for row in rows if row["is_current"]), None),
        "rows": [row for row in rows if not row["is_current"]],
        "pager": pager(paging, len(found), counts.open, here),
        "is_live": meeting.record.state == MeetingState.LIVE,
        "merge": f"{here}/rapprocher",
        "read_first": f"{here}/relire",
        "is_read_first": meeting.reads_questions_first,
        "bin": wall_path(code, "ecartees"),
        "card": card_path(code) if may_answer else "",
        "lead": at(f"/rencontres/{code}/direct/animer"),
        **_closing(request, meeting, counts.open),
    }
    title = _("Trier les questions")
    return show(request, Main("web/meetings/wall/sort.html", context, title, section="agenda"))


def _row(meeting_code: str, row: dict[str, Any], *, may_answer: bool) -> dict[str, Any]:
    base = sorting_path(meeting_code, row["code"])
    return {**row, "base": base, "write": card_path(meeting_code, row["code"]) if may_answer else ""}


def _waiting(meeting_code: str, question: WallQuestion) -> dict[str, Any]:
    record = question.record
    return {
        "code": record.code,
        "title": record.title,
        "text": record.text,
        "origin": record.origin,
        "meta": who(record.byline, record.origin, is_ahead=question.is_ahead),
        "base": sorting_path(meeting_code, record.code),
    }


def _closing(request: Request, meeting: Meeting, n: int) -> dict[str, Any]:
    """Once it is over, what nobody said who writes."""
    if meeting.closed_at is None or not n or not can_aid(request.viewer, meeting):
        return {"close": ""}
    promised = promised_by_default(meeting)
    today = local_day(request.clock.now(), request.authority.time_zone)
    initial = {
        "due_on": promised.due_on if promised and promised.due_on > today else today + timedelta(days=15),
        "service": str(promised.service.pk) if promised else "",
    }
    return {
        "close": sorting_path(meeting.record.code, "clore"),
        "close_form": CloseForm(request.authority, initial=initial),
        "close_key": uuid4().hex,
    }


def attempted(request: Request, act: Callable[[], str], back: str) -> HttpResponse:
    """One button, no field of its own."""
    form = forms.Form(request.POST)

    def done(_person: Person, _said: dict[str, Any]) -> str:
        messages.success(request, act())
        return back

    return acts.attempt(request, form, done) or show_refusal(request, form, back)


@require_POST
@for_team(can_facilitate)
def act_on(request: Request, meeting: Meeting, question: str, act: str) -> HttpResponse:
    if act not in _ACTS:
        raise Http404
    found = question_to_sort(request, meeting, question)
    back = sorting_path(meeting.record.code)
    return attempted(request, partial(_ACTS[act], request, found), back)


def _publish(request: Request, found: WallQuestion) -> str:
    publish_question(question=found, clock=request.clock)
    return _("Elle est au mur.")


def _call(request: Request, found: WallQuestion) -> str:
    call_question(question=found, clock=request.clock)
    return _("Elle est à l’écran : on y répond.")


def _put_back(request: Request, found: WallQuestion) -> str:
    put_back_question(question=found, clock=request.clock)
    return _("Elle attend de nouveau.")


def _split(request: Request, found: WallQuestion) -> str:
    function = acting_function(request, found.meeting)
    unmerge_question(question=found, function=function, clock=request.clock)
    return _("Elle est au mur, à part.")


_ACTS = {"publier": _publish, "appeler": _call, "remettre": _put_back, "separer": _split}


@require_POST
@for_team(can_facilitate)
def merge(request: Request, meeting: Meeting) -> HttpResponse:
    """Of those that were ticked, the most supported stays; the list gives them in that order."""
    codes = list(dict.fromkeys(request.POST.getlist("choix")))[:MOST_MERGED]
    chosen = [question_to_sort(request, meeting, code) for code in codes]
    back = sorting_path(meeting.record.code)
    form = forms.Form(request.POST)

    def act(_person: Person, _said: dict[str, Any]) -> str:
        merge_questions(
            into=chosen[0],
            merged=chosen[1:],
            function=acting_function(request, meeting),
            reason=request.POST.get("raison", ""),
            clock=request.clock,
        )
        messages.success(
            request,
            _("Rapprochées de « %(title)s ». Sa page permet de les séparer.")
            % {"title": chosen[0].record.title},
        )
        return back

    if len(chosen) < 2:  # noqa: PLR2004  two questions ask the same thing, one does not
        messages.info(request, _("Cochez au moins deux questions."))
        return acts.attempt(request, form, lambda _p, _s: back) or show_refusal(request, form, back)
    return acts.attempt(request, form, act) or show_refusal(request, form, back)


@require_POST
@for_team(can_facilitate)
def read_first(request: Request, meeting: Meeting) -> HttpResponse:
    is_on = request.POST.get("vers") == "oui"

    def act() -> str:
        read_questions_first(meeting=meeting, is_on=is_on, clock=request.clock)
        if is_on:
            return _("Les prochaines questions seront relues avant de paraître. C’est dit au mur.")
        return _("Les prochaines questions paraissent tout de suite.")

    return attempted(request, act, sorting_path(meeting.record.code))


@require_POST
@for_team(can_aid)
def close(request: Request, meeting: Meeting) -> HttpResponse:
    """Who writes what was not answered, and before when."""
    form, back = CloseForm(request.authority, request.POST), sorting_path(meeting.record.code)

    def act(_person: Person, said: dict[str, Any]) -> str:
        service = Service.objects.get(pk=said["service"], authority=request.authority)
        n = close_wall(
            meeting=meeting,
            promised=Promised(service, said["due_on"]),
            function=acting_function(request, meeting),
            clock=request.clock,
        )
        told_ = ngettext("%(n)s réponse est due par écrit.", "%(n)s réponses sont dues par écrit.", n)
        messages.success(request, told_ % {"n": number(n)})
        return back

    return acts.attempt(request, form, act) or show_refusal(request, form, back)
