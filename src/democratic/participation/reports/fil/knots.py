"""The facts of a fil, in order: no words and no paths, which belong to pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from democratic.participation.obligations.queries import Due
from democratic.participation.processes.models import Process
from democratic.participation.reports.history import Told
from democratic.thread.models import Record


class Tells(StrEnum):
    """What a knot tells."""

    ORDER = "order"
    PROCESS = "process"
    SAID = "said"
    HEARD = "heard"
    MERGED = "merged"
    SPLIT = "split"
    THEME = "theme"
    MEETING = "meeting"
    ANSWER = "answer"
    ANSWERS = "answers"
    DECISION = "decision"
    COMMITMENT = "commitment"
    COMMITMENTS = "commitments"
    ACTIONS = "actions"
    EVIDENCE = "evidence"
    VERDICT = "verdict"
    REPLIED = "replied"
    OTHER = "other"
    MISSING = "missing"
    AHEAD = "ahead"


class Missing(StrEnum):
    """A hole: what should follow, and does not."""

    THEME = "theme"
    ANSWER = "answer"
    DECISION = "decision"
    COMMITMENT = "commitment"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Knot:
    """One knot. ``lost``: days that passed between the first promise and ``on``; ``reason``: why.

    ``who`` acts next (a service, an official's name and function); ``records``: what the knot lists, with
    their ``dues``; ``note``: the last word published on a commitment.
    """

    tells: Tells
    record: Record | None = None
    on: date | None = None
    promised_on: date | None = None
    lost: int = 0
    reason: str = ""
    standing: str = ""
    note: str = ""
    due: Due | None = None
    dues: Mapping[UUID, Due] = field(default_factory=dict)
    voices: Mapping[str, int] = field(default_factory=dict)
    groups: tuple[int, ...] = ()
    records: tuple[Record, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    missing: Missing | None = None
    who: str = ""

    @property
    def is_done(self) -> bool:
        return self.tells not in (Tells.MISSING, Tells.AHEAD)


@dataclass(frozen=True, slots=True)
class Crossing:
    """Another Record that meets this fil: at ``through`` (an answer, a decision), or by its own Link."""

    record: Record
    kind: str
    through: Record | None


@dataclass(frozen=True, slots=True)
class Fil:
    """A Record's story, one way. ``days`` from the first knot to the last that is done."""

    record: Record
    process: Process | None
    knots: tuple[Knot, ...]
    crossings: tuple[Crossing, ...]
    history: tuple[Told, ...]
    today: date

    @property
    def done(self) -> list[Knot]:
        return [knot for knot in self.knots if knot.is_done]

    @property
    def days(self) -> int:
        dates = [knot.on for knot in self.done if knot.on]
        return (max(dates) - min(dates)).days if dates else 0
