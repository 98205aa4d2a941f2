"""The floor as it stands: who speaks, who waits in which place and why, how long each group spoke."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from civics.floor.hands import Hand
from civics.floor.queue import Place, queue
from civics.floor.times import Speech, time_by_group, time_by_private_group
from democratic.participation.meetings.floor.models import FloorOverride, Side, SpeakingTurn
from democratic.participation.meetings.models import Meeting

State = SpeakingTurn.State


class Turn(NamedTuple):
    """A SpeakingTurn as the queue reads it: two thousand of them are placed each time that a hand goes up.

    Keys as text and moments as numbers: to make objects of them costs more than to place them all.
    """

    key: str
    attendance: str
    name: str
    seat: str
    side: str
    gender: str
    state: str
    asked: float
    started: float | None
    ended: float | None

    @property
    def pk(self) -> UUID:
        return UUID(self.key)

    @property
    def attendance_id(self) -> UUID | None:
        return UUID(self.attendance) if self.attendance else None

    @property
    def started_at(self) -> datetime | None:
        return datetime.fromtimestamp(self.started, UTC) if self.started is not None else None


_TURNS = """
select id::text, coalesce(attendance_id::text, ''), name, seat, side, gender, state,
  extract(epoch from asked_at)::float8, extract(epoch from started_at)::float8,
  extract(epoch from ended_at)::float8
from participation_speakingturn where meeting_id = %s and state <> 'gone'
"""
_ENDED = f"{_TURNS} and ended_at is not null"


@dataclass(frozen=True, slots=True)
class Waiting:
    turn: Turn
    place: Place


@dataclass(frozen=True, slots=True)
class Floor:
    """``waiting`` in the order in which they are called."""

    rule: str
    speaking: Turn | None
    waiting: list[Waiting]


def floor_of(meeting: Meeting) -> Floor:
    """One query."""
    turns = _turns(_TURNS, meeting)
    began = sorted((turn for turn in turns if turn.started is not None), key=_start)
    waiting = {turn.key: turn for turn in turns if turn.state == State.WAITING}
    # Those who answer are not in the queue, and the turns that they take are not turns of the public.
    history = [turn for turn in began if turn.side == Side.PUBLIC]
    spoke = {_who(turn) for turn in history}
    hands = [_hand(turn, has_spoken=_who(turn) in spoke) for turn in waiting.values()]
    places = queue(meeting.floor_rule, hands, [_hand(turn) for turn in history])
    speaking = next((turn for turn in turns if turn.state == State.SPEAKING), None)
    return Floor(meeting.floor_rule, speaking, [Waiting(waiting[place.key], place) for place in places])


def _turns(statement: str, meeting: Meeting) -> list[Turn]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [meeting.pk])
        return [Turn(*row) for row in cursor.fetchall()]


def _start(turn: Turn) -> tuple[float, str]:
    return (turn.started or 0.0, turn.key)


def _hand(turn: Turn, *, has_spoken: bool = False) -> Hand:
    return Hand(turn.key, turn.asked, turn.seat, turn.gender, has_spoken=has_spoken)


def _who(turn: Turn) -> str:
    """Her attendance; for whoever has no phone, the name under which a facilitator asked for her."""
    return turn.attendance or turn.name.casefold() or turn.key


@dataclass(frozen=True, slots=True)
class Times:
    """Whole seconds. ``genders`` is empty as long as it would say what a few people declared."""

    seats: dict[str, int]
    sides: dict[str, int]
    genders: dict[str, int]


def times_of(meeting: Meeting) -> Times:
    """Of the turns that ended: one under way is counted once it is over. One query."""
    ended = _turns(_ENDED, meeting)
    public = [turn for turn in ended if turn.side == Side.PUBLIC]
    return Times(
        seats=time_by_group(_speeches(public, "seat")),
        sides=time_by_group(_speeches(ended, "side")),
        genders=time_by_private_group(_speeches(public, "gender")),
    )


def _speeches(turns: Iterable[Turn], by: str) -> list[Speech]:
    return [
        Speech(str(getattr(turn, by)), _who(turn), turn.ended - turn.started)
        for turn in turns
        if turn.started is not None and turn.ended is not None
    ]


def overrides_of(meeting: Meeting, *, limit: int) -> list[FloorOverride]:
    """Who was called before her turn, the newest first: reasons and functions, no name."""
    return list(FloorOverride.objects.filter(meeting=meeting).order_by("-at", "-pk")[:limit])
