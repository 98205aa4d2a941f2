"""Where a process stands on a given day: pure reading of its stages and of what it owes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from democratic.kernel.clock import local_day
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due
from democratic.participation.processes.models import Stage, Step

# What a step owes beside its own dates: its lateness is the obligation's when that is greater.
OWED_BY_STEP = {Step.ANSWER: Owed.ANSWER, Step.REPORT: Owed.REPORT}


class Place(StrEnum):
    """Where a step lies from today. There is at most one NOW: « Nous sommes ici »."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class StepLine:
    """A stage as a day sees it. ``closes_on``: its last day; ``days_late`` counts from the first plan."""

    step: Step
    place: Place
    opens_on: date
    closes_on: date
    first_closes_on: date
    done_on: date | None
    is_owed: bool
    days_late: int
    reason: str
    note: str
    allows: tuple[str, ...]

    def is_open(self, today: date) -> bool:
        return self.opens_on <= today <= self.closes_on


def midnight(day: date, time_zone: str) -> datetime:
    """The first moment of a local day: stages open and close at midnights, so it speaks for the whole day."""
    return datetime.combine(day, time.min, ZoneInfo(time_zone))


def timeline(
    stages: Sequence[Stage], *, dues: dict[str, Due], today: date, time_zone: str
) -> tuple[StepLine, ...]:
    """The steps in order. ``dues``: what the process itself owes, by kind (``Owed``)."""
    lines = [_line(stage, dues, time_zone) for stage in sorted(stages, key=lambda stage: stage.rank)]
    here = _here(lines, today)
    return tuple(_placed(line, index, here, today) for index, line in enumerate(lines))


def current(lines: Sequence[StepLine]) -> StepLine | None:
    """The step where we are, or None before the first and after the last."""
    return next((line for line in lines if line.place == Place.NOW), None)


def _line(stage: Stage, dues: dict[str, Due], time_zone: str) -> StepLine:
    closes_on = local_day(stage.closes_at - timedelta(microseconds=1), time_zone)
    step = Step(stage.step)
    due = dues.get(OWED_BY_STEP[step]) if step in OWED_BY_STEP else None
    done_on = stage.done_on or (due.met_on if due else None)
    moved = ((done_on or closes_on) - stage.first_closes_on).days
    return StepLine(
        step=step,
        place=Place.AHEAD,
        opens_on=local_day(stage.opens_at, time_zone),
        closes_on=closes_on,
        first_closes_on=stage.first_closes_on,
        done_on=done_on,
        is_owed=bool(due and due.is_open),
        days_late=max(0, moved, due.days_late if due else 0),
        reason=stage.late_reason or (due.last_reason if due else ""),
        note=stage.note,
        allows=tuple(stage.allows),
    )


def _here(lines: Sequence[StepLine], today: date) -> int:
    """The step that opened last, until the last one is over and its report given; -1: none."""
    opened = [index for index, line in enumerate(lines) if line.opens_on <= today]
    if not opened:
        return -1
    last = lines[-1]
    is_over = last.done_on or (today > last.closes_on and not last.is_owed)
    return -1 if is_over else opened[-1]


def _placed(line: StepLine, index: int, here: int, today: date) -> StepLine:
    if index == here:
        place = Place.NOW
    elif line.opens_on <= today:
        place = Place.DONE
    else:
        place = Place.AHEAD
    return replace(line, place=place)
