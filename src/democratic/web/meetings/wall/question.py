"""One question: who asked, what it was answered, by whom, and what was promised: from a sentence to an engagement."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from democratic.participation.meetings.rules import can_aid, can_answer, can_facilitate
from democratic.participation.meetings.soundings.queries import objected_to
from democratic.participation.meetings.wall.lineage import Lineage, lineage_of
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.queries import (
    answers_of,
    dues_for,
    get_wall_question_for,
    heard_of,
    mark_of,
    promises_of,
    supported_by,
)
from democratic.participation.meetings.wall.states import QuestionState
from democratic.participation.reports.home import title_of
from democratic.people.queries import person_and_claimed
from democratic.thread.models import Kind
from democratic.web.formats import day, typo
from democratic.web.meetings.votes.places import vote_path
from democratic.web.meetings.wall.keys import key_on, show_with_key
from democratic.web.meetings.wall.places import card_path, question_path, sorting_path, wall_path
from democratic.web.meetings.wall.words import answer_of, due_of, heard_by, promises, who
from democratic.web.pages import Main
from democratic.web.places import at, record_path
from democratic.web.processes.days import today_of
from democratic.web.requests import Request
from democratic.web.suites.reading import by_code

_TONES = {QuestionState.CURRENT: "", QuestionState.PUBLISHED: "soon", QuestionState.OWED: "soon"}


@by_code
def question(request: Request, code: str) -> HttpResponse:
    found = get_wall_question_for(request.viewer, code)
    if found.meeting.record.authority_id != request.authority.pk:
        raise Http404
    record, meeting = found.record, found.meeting
    title = typo(record.title) or _("Une question posée à une rencontre")
    name = title_of(meeting.record)
    state = QuestionState(record.state)
    context = {
        "prefix": at(""),
        "trail": [
            (name, record_path(Kind.MEETING, meeting.record.code)),
            (_("Les questions"), wall_path(meeting.record.code)),
            (record.code, ""),
        ],
        "title": title,
        "text": record.text,
        "who": who(record.byline, record.origin, is_ahead=found.is_ahead),
        "origin": record.origin,
        "on": day(record.happened_at),
        "pill": (str(state.label), "", _TONES.get(state, "done")),
        "withdrawal": getattr(record, "withdrawal", None),
        "refused": _refused(request, found),
        "told": _followed(request, found),
        **_marks(request, found, state),
        **_lineage(lineage_of(request.viewer, found)),
        "secret": key_on(request),
        "code": record.code,
        "notify": at(f"/signaler/{record.code}"),
        "proof": at(f"/journal/preuve/{record.code}"),
        **_team(request, found),
        "take_back": question_path(code, "retirer") if _is_hers(request, found) else "",
    }
    return show_with_key(request, Main("web/meetings/wall/question.html", context, title, section="agenda"))


def _refused(request: Request, found: WallQuestion) -> tuple[str, str] | None:
    """The proposal to which it is an objection, and its page."""
    said = objected_to(request.viewer, found.objects_to_id)
    return (title_of(said.record), vote_path(said)) if said else None


def _followed(request: Request, found: WallQuestion) -> dict[str, Any]:
    ids = [found.pk]
    due = dues_for(ids, today_of(request)).get(found.pk)
    return {
        "answers": [answer_of(each) for each in answers_of(ids).get(found.pk, [])],
        "due": due_of(due),
        "promises": promises(promises_of(request.viewer, ids).get(found.pk, [])),
    }


def _team(request: Request, found: WallQuestion) -> dict[str, str]:
    """What those who run the meeting may do from here: split it back, or write what is owed."""
    viewer, meeting, code = request.viewer, found.meeting, found.record.code
    runs = can_facilitate(viewer, meeting)
    writes = can_answer(viewer, meeting) or can_aid(viewer, meeting)
    is_merged = found.record.state == QuestionState.MERGED
    return {
        "split": f"{sorting_path(meeting.record.code, code)}/separer" if runs and is_merged else "",
        "write": card_path(meeting.record.code, code) if writes and not is_merged else "",
    }


def _marks(request: Request, found: WallQuestion, state: QuestionState) -> dict[str, Any]:
    person, heard = request.person, heard_of(found)
    return {
        "supports": found.supports,
        "is_mine": bool(person and supported_by(person, [found.pk])),
        "is_supported": state in (QuestionState.PUBLISHED, QuestionState.CURRENT, QuestionState.OWED),
        "up": question_path(found.record.code, "soutenir"),
        "asks_mark": state == QuestionState.ANSWERED,
        "mark": question_path(found.record.code, "repondue"),
        "my_mark": mark_of(found, person) if person else None,
        "heard": heard_by(heard) if heard else "",
    }


def _is_hers(request: Request, found: WallQuestion) -> bool:
    person = request.person
    return person is not None and found.record.author_id in person_and_claimed(person)


def _lineage(told: Lineage) -> dict[str, Any]:
    def line(code: str, title: str, reason: str) -> dict[str, str]:
        return {"url": question_path(code), "title": typo(title) or code, "reason": reason}

    return {
        "into": line(told.into.code, told.into.title, told.into.reason) if told.into else None,
        "merged": [line(each.code, each.title, each.reason) for each in told.merged],
    }
