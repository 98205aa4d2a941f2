"""What those who run the meeting have before their eyes: the queue and the order of the day, with their buttons."""

from typing import Any

from django.template.loader import render_to_string

from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.models import FloorRule, Meeting, MeetingTeamMember, TeamRole
from democratic.participation.meetings.states import MeetingState
from democratic.web.meetings.direct.drawings import floor_context, item_row
from democratic.web.meetings.direct.places import FACILITATOR, live_path
from democratic.web.meetings.direct.words import RULES
from democratic.web.meetings.topics import draws

SHOWN = 20


@draws(Topic.TEAM)
def team(meeting: Meeting) -> str:
    return render_to_string("web/meetings/team.html", team_context(meeting))


def team_context(meeting: Meeting) -> dict[str, Any]:
    items = [item_row(item, meeting.record) for item in meeting.items.all()]
    ahead = [item["id"] for item in items if item["state"] == AgendaItem.State.AHEAD]
    answering = MeetingTeamMember.objects.filter(meeting=meeting, role=TeamRole.ANSWERS).exclude(function="")
    return {
        **floor_context(meeting, SHOWN),
        "is_live": meeting.record.state == MeetingState.LIVE,
        "act": live_path(meeting, FACILITATOR),
        "rules": [
            (rule.value, str(rule.label), str(RULES[rule]), rule == meeting.floor_rule) for rule in FloorRule
        ],
        "answering": list(answering.order_by("function").values_list("function", flat=True).distinct()),
        "items": items,
        "first_ahead": ahead[0] if ahead else None,
        "last_ahead": ahead[-1] if ahead else None,
    }
