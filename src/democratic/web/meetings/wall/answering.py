"""The card of who answers: the question, large; what services know of it; three lines to approve, a date or a promise."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from democratic.communities.models import Service
from democratic.kernel.clock import local_day
from democratic.participation.commitments.actions import Work
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.queries import last_number
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.rules import can_aid, can_answer, can_facilitate
from democratic.participation.meetings.wall.actions import (
    LivePromise,
    Promised,
    Spoken,
    approve_spoken_answer,
    draft_spoken_answer,
    note_fact,
    owe_answer,
    promise_live,
)
from democratic.participation.meetings.wall.models import SpokenAnswer, WallQuestion
from democratic.participation.meetings.wall.ordered import OnWall, Order, wall_of
from democratic.participation.meetings.wall.queries import Shelf, draft_of, facts_for, wall_counts
from democratic.participation.reports.home import title_of
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Visibility
from democratic.web import acts
from democratic.web.meetings.direct.screens import parts_of
from democratic.web.meetings.team import for_team
from democratic.web.meetings.wall.drawn import counted
from democratic.web.meetings.wall.forms import AnswerForm, FactForm, OweForm, PromiseForm
from democratic.web.meetings.wall.places import card_path, question_path, sorting_path
from democratic.web.meetings.wall.rows import told
from democratic.web.meetings.wall.sorting import question_to_sort
from democratic.web.meetings.wall.speaking import own_functions
from democratic.web.meetings.wall.words import row_of, who
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.processes.days import today_of
from democratic.web.requests import Request, someone

NEXT, OWED = 4, 30

Forms = dict[str, forms.Form]


@require_safe
@for_team(can_answer, can_aid, in_its_name=True)
def card(request: Request, meeting: Meeting) -> HttpResponse:
    code = request.GET.get("question", "")
    found = question_to_sort(request, meeting, code) if code else _current(request, meeting)
    return _show(request, meeting, found, {})


def _current(request: Request, meeting: Meeting) -> WallQuestion | None:
    """The one that has the floor; the only one, by the wall's own lock."""
    floor = wall_of(meeting, Shelf.OPEN, Order.SUPPORTED, offset=0, limit=1)
    if not floor or not floor[0].is_current:
        return None
    return question_to_sort(request, meeting, floor[0].code)


def _show(request: Request, meeting: Meeting, found: WallQuestion | None, sent: Forms) -> HttpResponse:
    functions, is_by_delegation = own_functions(request, meeting)
    name = title_of(meeting.record)
    waiting = wall_of(meeting, Shelf.OPEN, Order.SUPPORTED, offset=0, limit=NEXT + 1)
    context = {
        "prefix": at(""),
        "trail": [(name, record_path(Kind.MEETING, meeting.record.code)), (_("Répondre"), "")],
        "name": name,
        "question": _large(request, meeting, found) if found else None,
        "next": [_to_write(meeting, each) for each in waiting if found is None or each.id != found.pk][:NEXT],
        "owed": [_to_write(meeting, each) for each in _owed(meeting)],
        "counted": counted(wall_counts(meeting)),
        "code": meeting.record.code,
        "last": last_number(meeting.pk),
        "here": card_path(meeting.record.code),
        "parts": parts_of(meeting, Topic.STATE, Topic.SOUNDING, Topic.FLOOR, Topic.AGENDA),
        "is_by_delegation": is_by_delegation,
        "functions": functions,
        "has_process": meeting.process_id is not None,
        "sorting": sorting_path(meeting.record.code) if can_facilitate(request.viewer, meeting) else "",
        "key": uuid4().hex,
        **(_forms(request, meeting, found, functions, sent) if found else {}),
    }
    status = max((acts.refused(form) for form in sent.values()), default=200)
    title = _("Répondre aux questions")
    return show(request, Main("web/meetings/wall/card.html", context, title, section="agenda", status=status))


def _to_write(meeting: Meeting, question: OnWall) -> dict[str, Any]:
    return {**row_of(question), "write": card_path(meeting.record.code, question.code)}


def _owed(meeting: Meeting) -> list[OnWall]:
    """Once it is over: what is left to write, the most supported first."""
    if meeting.closed_at is None:
        return []
    return wall_of(meeting, Shelf.OWED, Order.SUPPORTED, offset=0, limit=OWED)


def _large(request: Request, meeting: Meeting, found: WallQuestion) -> dict[str, Any]:
    record = found.record
    row = {"id": found.pk, "code": record.code}
    return {
        **told(request.viewer, [row], today_of(request))[0],
        "title": record.title,
        "text": record.text,
        "origin": record.origin,
        "who": who(record.byline, record.origin, is_ahead=found.is_ahead),
        "url": question_path(record.code),
        "is_public": record.visibility == Visibility.PUBLIC,
        "facts": [(fact.text, fact.service.name if fact.service else "") for fact in facts_for(found)],
        "base": at(f"/rencontres/{meeting.record.code}/direct/repondre/{record.code}"),
    }


def _forms(
    request: Request, meeting: Meeting, found: WallQuestion, functions: list[str], sent: Forms
) -> dict[str, Any]:
    draft = draft_of(found)
    soon = local_day(request.clock.now(), request.authority.time_zone) + timedelta(days=15)
    service = str(meeting.process.mandate.service_id) if meeting.process else ""
    common = {"service": service, "due_on": soon}
    return {
        "draft": draft,
        "answer": sent.get("answer") or AnswerForm(functions, initial=_drafted(draft), auto_id="reponse_%s"),
        "owe": sent.get("owe") or OweForm(request.authority, functions, initial=common, auto_id="due_%s"),
        "promise": sent.get("promise")
        or PromiseForm(request.authority, functions, initial={"service": service}, auto_id="promis_%s"),
        "fact": sent.get("fact") or FactForm(request.authority, auto_id="fait_%s"),
    }


def _drafted(draft: SpokenAnswer | None) -> dict[str, str]:
    if draft is None:
        return {}
    return {"text": draft.text, "function": draft.function, "read_at": draft.written_at.isoformat()}


@require_POST
@for_team(can_answer, can_aid, in_its_name=True)
def act_on(request: Request, meeting: Meeting, question: str, act: str) -> HttpResponse:
    if act not in _ACTS:
        raise Http404
    found = question_to_sort(request, meeting, question)
    functions, is_by_delegation = own_functions(request, meeting)
    name, build, do = _ACTS[act]
    form = build(request, functions)

    def done(_person: Person, said: dict[str, Any]) -> str:
        said["is_by_delegation"] = is_by_delegation
        messages.success(request, do(request, found, said))
        return card_path(meeting.record.code, found.record.code)

    return acts.attempt(request, form, done) or _show(request, meeting, found, {name: form})


def _spoken(said: dict[str, Any]) -> Spoken:
    return Spoken(said["text"], said["function"], said["is_by_delegation"])


def _keep(request: Request, found: WallQuestion, said: dict[str, Any]) -> str:
    draft_spoken_answer(question=found, spoken=_spoken(said), clock=request.clock)
    return _("Le brouillon est gardé : qui répond peut l’approuver.")


def _approve(request: Request, found: WallQuestion, said: dict[str, Any]) -> str:
    read_at: datetime | None = parse_datetime(said["read_at"]) if said["read_at"] else None
    approve_spoken_answer(question=found, spoken=_spoken(said), read_at=read_at, clock=request.clock)
    return _("La réponse est publiée.")


def _given_by(request: Request, said: dict[str, Any]) -> str:
    """Under whose function it is promised, in the language of the authority: an aide's says that it is an aide's."""
    if not said["is_by_delegation"]:
        return str(said["function"])
    with translation.override(request.authority.languages.partition(",")[0]):
        return _("%(function)s, par délégation") % {"function": said["function"]}


def _owe(request: Request, found: WallQuestion, said: dict[str, Any]) -> str:
    promised = Promised(_service(request, said), said["due_on"])
    owe_answer(question=found, promised=promised, function=_given_by(request, said), clock=request.clock)
    return _("C’est promis, avec sa date : chacun peut la lire.")


def _promise(request: Request, found: WallQuestion, said: dict[str, Any]) -> str:
    made = LivePromise(
        Words(title=said["title"]), Work(_service(request, said), said["due_on"]), _given_by(request, said)
    )
    promise_live(question=found, promise=made, author=someone(request), clock=request.clock)
    return _("L’engagement est public, avec sa fonction et sa date.")


def _note(request: Request, found: WallQuestion, said: dict[str, Any]) -> str:
    service = _service(request, said) if said["service"] else None
    note_fact(question=found, text=said["text"], service=service, clock=request.clock)
    return _("C’est noté à côté de la question.")


def _service(request: Request, said: dict[str, Any]) -> Service:
    return Service.objects.get(pk=said["service"], authority=request.authority)


def _answer_form(request: Request, functions: list[str]) -> forms.Form:
    return AnswerForm(functions, request.POST, auto_id="reponse_%s")


def _owe_form(request: Request, functions: list[str]) -> forms.Form:
    return OweForm(request.authority, functions, request.POST, auto_id="due_%s")


def _promise_form(request: Request, functions: list[str]) -> forms.Form:
    return PromiseForm(request.authority, functions, request.POST, auto_id="promis_%s")


def _fact_form(request: Request, _functions: list[str]) -> forms.Form:
    return FactForm(request.authority, request.POST, auto_id="fait_%s")


_Build = Callable[[Request, list[str]], forms.Form]
_Do = Callable[[Request, WallQuestion, dict[str, Any]], str]
_ACTS: dict[str, tuple[str, _Build, _Do]] = {
    "brouillon": ("answer", _answer_form, _keep),
    "publier": ("answer", _answer_form, _approve),
    "promettre": ("owe", _owe_form, _owe),
    "engager": ("promise", _promise_form, _promise),
    "noter": ("fact", _fact_form, _note),
}
