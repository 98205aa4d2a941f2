"""The screen of whoever answers: the next question in large, and where the meeting is."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.models import Meeting, TeamRole
from democratic.participation.meetings.next_question import question_to_answer
from democratic.participation.meetings.wall.states import QuestionState
from democratic.web.meetings.direct.found import for_team
from democratic.web.meetings.direct.places import ANSWERS
from democratic.web.meetings.direct.screens import parts_of, refreshed, seen, trail_of
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request


@require_safe
@for_team(TeamRole.ANSWERS, TeamRole.AIDS, TeamRole.FACILITATES)
def answers(request: Request, meeting: Meeting) -> HttpResponse:
    context = {
        **seen(request, meeting, ANSWERS),
        "prefix": at(""),
        "trail": trail_of(meeting, _("Répondre")),
        "question": _question(meeting),
        "parts": parts_of(meeting, Topic.STATE, Topic.FLOOR, Topic.WALL, Topic.AGENDA),
    }
    title = _("Répondre : %(title)s") % {"title": context["title"]}
    return refreshed(
        request, show(request, Main("web/meetings/answering.html", context, title, section="agenda"))
    )


def _question(meeting: Meeting) -> dict[str, Any] | None:
    found = question_to_answer(meeting)
    if found is None:
        return None
    figures = getattr(found.record, "figures", None)
    return {
        "text": found.record.title or found.record.text,
        "is_current": found.record.state == QuestionState.CURRENT,
        "supports": figures.supports if figures else 0,
    }
