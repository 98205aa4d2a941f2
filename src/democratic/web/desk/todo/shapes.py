from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from democratic.communities.models import Official
from democratic.communities.upkeep import Upkeep
from democratic.participation.inbox.queries import InboxDay
from democratic.participation.obligations.models import Obligation
from democratic.participation.reports.desk_day import Day, Owing
from democratic.participation.reports.desk_work import Work
from democratic.stewardship.moderation.queries.day import ToJudge
from democratic.thread.models import Authority


class Turn(IntEnum):
    """The nearest to the public first: what only lacks a signature or a click, then what is to be written."""

    SIGN = 0
    PUBLISH = 1
    REPORT = 2
    JUDGE = 3
    HEAR = 4
    LATE = 5
    LETTER = 6
    DUE = 7
    PREPARE = 8
    ANSWER = 9
    GROUP = 10
    REREAD = 11


@dataclass(frozen=True, slots=True)
class TodoLine:
    turn: Turn
    title: str
    meta: str
    verb: str
    url: str


@dataclass(frozen=True, slots=True)
class Queue:
    """``n``: all that waits, of which ``lines`` say the first. ``url``: where all of it is read."""

    name: str
    n: int
    url: str
    lines: Sequence[TodoLine] = ()
    is_late: bool = False
    is_seldom: bool = False  # named on the days when something waits there, and on no other


@dataclass(frozen=True, slots=True)
class Desk:
    """What was read once for the whole page. ``office``: of an official; ``owed_by_her``: what she answers for.

    ``to_judge``: None for who does not moderate.
    """

    authority: Authority
    today: date
    day: Day
    work: Sequence[Work]
    owed: Owing
    may_act: bool
    inbox: InboxDay
    upkeep: Upkeep
    office: Official | None = None
    owed_by_her: Sequence[Obligation] = ()
    to_judge: Sequence[ToJudge] | None = None
