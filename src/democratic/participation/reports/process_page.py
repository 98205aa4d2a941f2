"""What one process's page counts and tells: voices by origin, answers owed, and what moved lately."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from democratic.kernel.spoken import Spoken
from democratic.participation.answers.events import ANSWER_SIGNED
from democratic.participation.answers.models import Verdict
from democratic.participation.commitments.events import (
    ACTION_MOVED,
    COMMITMENT_MADE,
    COMMITMENT_MOVED,
    DECISION_PUBLISHED,
    EVIDENCE_GIVEN,
)
from democratic.participation.ideas.models import IdeaState
from democratic.participation.meetings.events import MEETING_ANNOUNCED, MEETING_HELD
from democratic.participation.obligations.events import OBLIGATION_POSTPONED
from democratic.participation.processes.events import PROCESS_OPENED, STAGE_DONE, STAGE_MOVED
from democratic.thread.events import AUTHORITY_WITHDREW
from democratic.thread.models import Entry, Kind, Opening, Record, Visibility
from democratic.thread.queries.wholes import its_cut
from democratic.thread.rules import Viewer

_COUNTED = (Kind.IDEA, Kind.THEME, Kind.ANSWER, Kind.MEETING, Kind.DECISION)


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """Counts of one process. Withdrawn, moderated, inadmissible: lines of their own, never mixed in."""

    voices: tuple[tuple[str, int], ...]
    answered: int
    waiting: int
    inadmissible: int
    withdrawn: int
    moderated: int
    kinds: Counter[str]
    places: Counter[str]

    @property
    def total(self) -> int:
        """Every public voice, out of the field or not."""
        return sum(n for _origin, n in self.voices)

    @property
    def owed(self) -> int:
        return self.answered + self.waiting


def figures_of(viewer: Viewer, process_id: UUID) -> ProcessFigures:
    """All counts in one GROUP BY on the facets' index."""
    rows = list(
        Record.objects.filter(
            process=process_id, authority=viewer.authority, audience__is_public=True, kind__in=_COUNTED
        )
        .annotate(cut=its_cut())
        .exclude(visibility=Visibility.DRAFT)
        .order_by()
        .values_list("kind", "visibility", "state", "origin", "place", "cut__target_id")
        .annotate(n=Count("pk"))
    )
    shown = [row for row in rows if row[1] == Visibility.PUBLIC]
    states = _sum([row for row in shown if row[0] == Kind.IDEA], 2)  # parts are answered, each by itself
    voices = [row for row in shown if row[0] == Kind.IDEA and row[5] is None]
    kinds = _sum([row for row in shown if row[5] is None], 0)
    origins, places = _sum(voices, 3), _sum(voices, 4)
    gone = _sum([row for row in rows if row[0] == Kind.IDEA and row[5] is None], 1)
    out, waiting = states[IdeaState.INADMISSIBLE], states[IdeaState.RECEIVED]
    return ProcessFigures(
        voices=tuple(sorted(origins.items(), key=lambda pair: (-pair[1], pair[0]))),
        answered=sum(states[verdict] for verdict in Verdict.values),
        waiting=waiting,
        inadmissible=out,
        withdrawn=gone[Visibility.WITHDRAWN],
        moderated=gone[Visibility.HIDDEN],
        kinds=kinds,
        places=places,
    )


def _sum(rows: list[tuple[Any, ...]], column: int) -> Counter[str]:
    summed: Counter[str] = Counter()
    for row in rows:
        summed[row[column]] += row[-1]
    return summed


# What moves a process: acts of the authority, one line each. Grouping and single refusals are told elsewhere.
MOVES = (
    PROCESS_OPENED, STAGE_MOVED, STAGE_DONE, OBLIGATION_POSTPONED, ANSWER_SIGNED, DECISION_PUBLISHED,
    COMMITMENT_MADE, COMMITMENT_MOVED, ACTION_MOVED, EVIDENCE_GIVEN, MEETING_ANNOUNCED, MEETING_HELD,
    AUTHORITY_WITHDREW,
)  # fmt: skip


_PROMISED = (Kind.COMMITMENT, Kind.ACTION, Kind.EVIDENCE)


@dataclass(frozen=True, slots=True)
class Move:
    """One act of the authority, as the journal says it, on a Record as it stands now."""

    entry_id: UUID
    entry_kind: str
    day: date
    at: datetime
    data: dict[str, Any]
    record_id: UUID
    record_kind: str
    code: str
    origin: str
    title: str
    text: str
    why: str
    function: str


def latest_moves(viewer: Viewer, process_id: UUID, limit: int = 8) -> list[Move]:
    """The newest first, in one query; the first one says when the process was last brought up to date."""
    return _moves(viewer, Q(process=process_id) | Q(record=process_id), limit)


def moves_of_commitments(viewer: Viewer, limit: int) -> list[Move]:
    """What moved in all that the authority promised, the newest first, in one query."""
    return _moves(viewer, Q(record__kind__in=_PROMISED, record__authority=viewer.authority), limit)


def _moves(viewer: Viewer, which: Q, limit: int) -> list[Move]:
    said = Opening.objects.filter(entry=OuterRef("pk"))
    rows = (
        Entry.objects.filter(
            which,
            authority=viewer.authority,
            kind__in=[event.kind for event in MOVES],
            at__isnull=False,
            record__visibility=Visibility.PUBLIC,
            record__audience__is_public=True,
        )
        .annotate(
            why=Subquery(said.filter(part__in=("note", "reason", "account")).values("value")[:1]),
            function=Subquery(said.filter(part="function").values("value")[:1]),
        )
        .order_by("-at", "-id")
        .values_list(
            "id", "kind", "day", "at", "data", "record_id", "record__kind", "record__code", "record__origin",
            "record__wording__title", "record__wording__text", "why", "record__wording__language", "function",
        )[:limit]
    )  # fmt: skip
    return [_move(row) for row in rows]


def _move(row: tuple[Any, ...]) -> Move:
    *fact, title, text, why, language, function = row
    said = (Spoken(words, language) for words in (title, text, why))
    return Move(*(*fact, *said, str(function or "")))
