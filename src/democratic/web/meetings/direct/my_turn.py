"""Her place in the queue: placed once for all who wait, each time that the queue moved."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from civics.floor.queue import Place
from democratic.participation.meetings.floor.queries import floor_of
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.queries import told_as
from democratic.participation.meetings.models import Meeting
from democratic.web.meetings.direct.words import why

MEETINGS = 8  # whose queues a process remembers


@dataclass(frozen=True, slots=True)
class Placed:
    """By attendance, and nobody's name."""

    number: int
    rule: str
    speaking: str
    places: dict[str, Place]


_placed: OrderedDict[UUID, Placed] = OrderedDict()


def turn_of(meeting: Meeting, attendance_id: UUID) -> dict[str, Any] | None:
    """None when she asked for nothing."""
    placed = _placed_in(meeting)
    if placed.speaking == str(attendance_id):
        return {"state": "speaking"}
    hers = placed.places.get(str(attendance_id))
    return {"state": "waiting", "place": hers.place, "why": why(placed.rule, hers)} if hers else None


def _placed_in(meeting: Meeting) -> Placed:
    """What all were told has a number, which changes with the queue; while an act waits to be told, it has none."""
    number = told_as(meeting.pk, Topic.FLOOR)
    kept = _placed.get(meeting.pk)
    if kept is not None and number is not None and kept.number == number:
        return kept
    floor = floor_of(meeting)
    placed = Placed(
        number or 0,
        floor.rule,
        floor.speaking.attendance if floor.speaking else "",
        {each.turn.attendance: each.place for each in floor.waiting if each.turn.attendance},
    )
    if number is not None:
        _placed[meeting.pk] = placed
        _placed.move_to_end(meeting.pk)
        while len(_placed) > MEETINGS:
            _placed.popitem(last=False)
    return placed
