"""The floor as it stands: who speaks, who waits in which place and why, how long each group spoke."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from civics.floor.hands import Hand
from civics.floor.queue import Place, queue
from civics.floor.times import Speech, time_by_group, time_by_private_group
from democratic.participation.meetings.floor.models import FloorOverride, Side, SpeakingTurn
from democratic.participation.meetings.models import Meeting

State = SpeakingTurn.State


class Turn(NamedTuple):
    """A SpeakingTurn as the queue reads it: two thousand of them are placed each time that a hand goes up."""

    pk: UUID
    attendance_id: UUID | None
    name: str
    seat: str
    side: str
    gender: str
    state: str
    asked_at: datetime
    started_at: datetime | None


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

    def place_of(self, attendance_id: UUID | None) -> Waiting | None:
        hers = (each for each in self.waiting if each.turn.attendance_id == attendance_id)
        return next(hers, None) if attendance_id else None


def floor_of(meeting: Meeting) -> Floor:
    """One query."""
    rows = SpeakingTurn.objects.filter(meeting=meeting).exclude(state=State.GONE)
    turns = [Turn(*row) for row in rows.values_list(*Turn._fields)]
    began = sorted((turn for turn in turns if turn.started_at), key=_start)
    waiting = {str(turn.pk): turn for turn in turns if turn.state == State.WAITING}
    # Those who answer are not in the queue, and the turns that they take are not turns of the public.
    history = [turn for turn in began if turn.side == Side.PUBLIC]
    spoke = {_who(turn) for turn in history}
    hands = [_hand(turn, has_spoken=_who(turn) in spoke) for turn in waiting.values()]
    places = queue(meeting.floor_rule, hands, [_hand(turn) for turn in history])
    speaking = next((turn for turn in turns if turn.state == State.SPEAKING), None)
    return Floor(meeting.floor_rule, speaking, [Waiting(waiting[place.key], place) for place in places])


def _start(turn: Turn) -> tuple[float, str]:
    return (turn.started_at.timestamp() if turn.started_at else 0.0, str(turn.pk))


def _hand(turn: Turn, *, has_spoken: bool = False) -> Hand:
    asked = turn.asked_at.timestamp()
    return Hand(str(turn.pk), asked, turn.seat, turn.gender, has_spoken=has_spoken)


def _who(turn: Turn | SpeakingTurn) -> str:
    """Her attendance; for whoever has no phone, the name under which a facilitator asked for her."""
    return str(turn.attendance_id or turn.name.casefold() or turn.pk)


@dataclass(frozen=True, slots=True)
class Times:
    """Whole seconds. ``genders`` is empty as long as it would say what a few people declared."""

    seats: dict[str, int]
    sides: dict[str, int]
    genders: dict[str, int]


def times_of(meeting: Meeting) -> Times:
    """Of the turns that ended: one under way is counted once it is over. One query."""
    ended = list(SpeakingTurn.objects.filter(meeting=meeting, ended_at__isnull=False))
    public = [turn for turn in ended if turn.side == Side.PUBLIC]
    return Times(
        seats=time_by_group(_speeches(public, "seat")),
        sides=time_by_group(_speeches(ended, "side")),
        genders=time_by_private_group(_speeches(public, "gender")),
    )


def _speeches(turns: Iterable[SpeakingTurn], by: str) -> list[Speech]:
    return [
        Speech(str(getattr(turn, by)), _who(turn), (turn.ended_at - turn.started_at).total_seconds())
        for turn in turns
        if turn.started_at and turn.ended_at
    ]


def overrides_of(meeting: Meeting, *, limit: int) -> list[FloorOverride]:
    """Who was called before her turn, the newest first: reasons and functions, no name."""
    return list(FloorOverride.objects.filter(meeting=meeting).order_by("-at", "-pk")[:limit])
