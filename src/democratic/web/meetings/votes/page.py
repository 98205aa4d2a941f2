"""The page of one vote: asked, given, told during and after, apart and together, and how anyone counts it again."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.participation.meetings.soundings.models import Sounding, SoundingKind
from democratic.participation.meetings.soundings.queries import (
    asked_again_as,
    get_sounding_for,
    objections_to,
    voices_in,
)
from democratic.participation.meetings.soundings.results import Results, moved, results_of
from democratic.participation.meetings.soundings.states import SoundingState, state_of
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind, Record
from democratic.thread.queries import RecordNotFound
from democratic.web.formats import number
from democratic.web.meetings.votes.drawing import drawn
from democratic.web.meetings.votes.export import csv_rows, exported
from democratic.web.meetings.votes.method import method_of
from democratic.web.meetings.votes.mine import forms_of
from democratic.web.meetings.votes.places import vote_path
from democratic.web.meetings.votes.words import labels_of
from democratic.web.pages import Main, as_safe, show
from democratic.web.places import at, record_path
from democratic.web.requests import Request
from democratic.web.suites.csv_files import csv_response
from democratic.web.suites.follow import follow_context
from democratic.web.suites.reading import by_code

PILLS = {
    SoundingState.OPEN: "",
    SoundingState.LATER: "soon",
    SoundingState.COUNTING: "soon",
    SoundingState.FINAL: "done",
}


@by_code
def vote(request: Request, code: str) -> HttpResponse:
    sounding = get_sounding_for(request.viewer, code)
    now = request.clock.now()
    state, record = state_of(sounding, now), sounding.record
    withdrawal = getattr(record, "withdrawal", None)
    may_vote = state in (SoundingState.OPEN, SoundingState.LATER) and withdrawal is None
    back = f"{vote_path(sounding)}#votre-voix"
    sounding.voices_n = voices_in(sounding) if state == SoundingState.OPEN else 0  # type: ignore[attr-defined]
    again = asked_again_as(request.viewer, sounding)
    title = title_of(record)
    page = record_path(Kind.MEETING, sounding.meeting.record.code)
    context = {
        "prefix": at(""),
        "trail": [(_("Agenda"), at("/agenda")), (title_of(sounding.meeting.record), page), (title, "")],
        "title": title,
        "vote": drawn(sounding),
        "state": (str(state.label), PILLS[state]),
        "withdrawal": withdrawal,
        "mine": as_safe(forms_of(request, sounding.meeting, [sounding], back=back, now=now, is_alone=True))
        if may_vote
        else "",
        "before": _before(sounding),
        "after": (again.record.title, vote_path(again)) if again else None,
        "objections": [
            (title_of(said) or said.text, record_path(said.kind, said.code))
            for said in _objections(request, sounding)
        ],
        "method": method_of(sounding),
        "files": [("CSV", vote_path(sounding, "compte.csv")), ("JSON", vote_path(sounding, "compte.json"))]
        if sounding.counted
        else [],
        "code": record.code,
        **follow_context(record.code, vote_path(sounding)),
    }
    main = Main("web/meetings/votes/page.html", context, title, record.text[:160], "agenda")
    return show(request, main)


def _objections(request: Request, sounding: Sounding) -> list[Record]:
    return objections_to(request.viewer, sounding) if sounding.kind == SoundingKind.CONSENT else []


def _before(sounding: Sounding) -> dict[str, Any] | None:
    """What moved since the same question was asked before: totals alone."""
    first = sounding.again_of
    if first is None:
        return None
    told, now = results_of(first), results_of(sounding)
    moves = moved(told, now) if told and now and sounding.closed_at else ()
    labels = labels_of(sounding)
    return {
        "title": first.record.title,
        "url": vote_path(first),
        "is_amended": sounding.kind == SoundingKind.CONSENT,
        "rows": [
            (
                labels[move.rank],
                number(move.before),
                number(move.after),
                f"{move.points:+d}".replace("-", "\N{MINUS SIGN}"),
            )
            for move in moves
            if move.rank in labels
        ],
        "people": _people(told, now) if told and now and moves else "",
    }


def _people(before: Results, after: Results) -> str:
    return _(
        "%(before)s personnes la première fois, %(after)s la seconde ; ce ne sont pas forcément les mêmes"
    ) % {
        "before": number(before.total),
        "after": number(after.total),
    }


def _counted(request: Request, code: str) -> Sounding:
    try:
        sounding = get_sounding_for(request.viewer, code)
    except RecordNotFound as missing:
        raise Http404 from missing
    if not sounding.counted or (sounding.closed_at is None and sounding.is_hidden):
        raise Http404
    return sounding


@require_safe
def as_csv(request: Request, code: str) -> HttpResponse:
    sounding = _counted(request, code)
    head, rows = csv_rows(sounding)
    return csv_response(f"vote-{sounding.record.code}", head, rows)


@require_safe
def as_json(request: Request, code: str) -> HttpResponse:
    return JsonResponse(
        exported(_counted(request, code)), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
