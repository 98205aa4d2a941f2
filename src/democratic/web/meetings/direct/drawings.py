"""What each part of the live screens shows, the same for all who look: drawn for the page and for the streams."""

from typing import Any

from django.template.loader import render_to_string

from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.arrivals.queries import present_by_seat
from democratic.participation.meetings.floor.models import Side
from democratic.participation.meetings.floor.queries import (
    Floor,
    Turn,
    Waiting,
    floor_of,
    overrides_of,
    times_of,
)
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.minutes.captioning import last_captions
from democratic.participation.meetings.models import FloorRule, Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.thread.models import Record
from democratic.web.formats import hour, number
from democratic.web.meetings.direct.words import RULES, who, why
from democratic.web.meetings.times import minutes, times_told
from democratic.web.meetings.topics import draws
from democratic.web.words import ORIGINS

SHOWN, OVERRIDES = 5, 3


def _drawn(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"web/meetings/{name}.html", context)


@draws(Topic.STATE)
def state(meeting: Meeting) -> str:
    now = meeting.record.state
    return _drawn(
        "state",
        {
            "is_live": now == MeetingState.LIVE,
            "is_over": now in (MeetingState.CLOSED, MeetingState.HELD),
            "since": hour(meeting.opened_at) if meeting.opened_at else "",
            "starts": hour(meeting.starts_at),
            "closed": hour(meeting.closed_at) if meeting.closed_at else "",
            "seats": [
                (seat, str(ORIGINS[seat]), number(n))
                for seat, n in present_by_seat(meeting).items()
                if n or seat != Seat.LATER  # nobody comes later to what is not over
            ],
        },
    )


@draws(Topic.AGENDA)
def agenda(meeting: Meeting) -> str:
    items = list(meeting.items.all())
    return _drawn("agenda", {"items": [item_row(item, meeting.record) for item in items]})


def item_row(item: AgendaItem, record: Record) -> dict[str, Any]:
    """``record``: the meeting's, whose language its points are in."""
    real = (item.ended_at - item.started_at).total_seconds() if item.started_at and item.ended_at else None
    return {
        "id": item.pk,
        "title": record.spoken(item.title),
        "state": item.state,
        "planned": minutes(item.minutes * 60),
        "real": minutes(real) if real is not None else "",
        "is_long": real is not None and real > item.minutes * 60,
        "since": hour(item.started_at) if item.started_at else "",
        "started_at": item.started_at,
        "minutes": item.minutes,
    }


@draws(Topic.FLOOR)
def floor(meeting: Meeting) -> str:
    return _drawn("floor", floor_context(meeting))


def floor_context(meeting: Meeting, shown: int = SHOWN) -> dict[str, Any]:
    """Three queries, however many wait."""
    found = floor_of(meeting)
    speaking, waiting = found.speaking, found.waiting
    return {
        "speaking": turn_row(speaking) if speaking else None,
        "queue": [waiting_row(found, each) for each in waiting[:shown]],
        "total": len(waiting),
        "more": len(waiting) - shown if len(waiting) > shown else 0,
        "rule": str(FloorRule(found.rule).label),
        "rule_says": str(RULES[FloorRule(found.rule)]),
        **times_told(times_of(meeting)),
        "overrides": [_override(each) for each in overrides_of(meeting, limit=OVERRIDES)],
    }


def turn_row(turn: Turn) -> dict[str, Any]:
    return {
        "id": turn.pk,
        "who": who(turn),
        "seat": turn.seat,
        "seat_word": str(ORIGINS[turn.seat]),
        "is_public": turn.side == Side.PUBLIC,
        "side": str(Side(turn.side).label),
        "since": hour(turn.started_at) if turn.started_at else "",
        "started_at": turn.started_at,
    }


def waiting_row(found: Floor, waiting: Waiting) -> dict[str, Any]:
    place = waiting.place
    return {**turn_row(waiting.turn), "place": place.place, "why": why(found.rule, place)}


def _override(override: Any) -> dict[str, str]:
    return {"reason": override.reason, "place": number(override.place), "at": hour(override.at)}


@draws(Topic.CAPTIONS)
def captions(meeting: Meeting) -> str:
    lines = [meeting.record.spoken(line.text) for line in last_captions(meeting)]
    return _drawn("captions", {"lines": lines, "url": meeting.captions_url})
