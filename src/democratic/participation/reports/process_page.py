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
    PROGRESS_TOLD,
)
from democratic.participation.ideas.models import IdeaState
from democratic.participation.meetings.events import (
    MEETING_ANNOUNCED,
    MEETING_CANCELLED,
    MEETING_HELD,
    MEETING_POSTPONED,
)
from democratic.participation.obligations.events import OBLIGATION_POSTPONED
from democratic.participation.processes.events import PROCESS_OPENED, STAGE_DONE, STAGE_MOVED
from democratic.thread.events import AUTHORITY_WITHDREW
from democratic.thread.models import Entry, Kind, Opening, Record, Visibility
from democratic.thread.queries.shelves import count_shelves, counted_by
from democratic.thread.queries.wholes import its_cut
from democratic.thread.rules import Viewer


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
    """From the counts that the database keeps, and those that are no longer shown: two queries."""
    shelves = count_shelves(viewer.authority, [process_id])
    origins = counted_by(shelves, Kind.IDEA, "origin")
    states = counted_by(shelves, Kind.IDEA, "state")  # parts are answered, each by itself
    gone = _gone(process_id)
    return ProcessFigures(
        voices=tuple(sorted(origins.items(), key=lambda pair: (-pair[1], pair[0]))),
        answered=sum(states[verdict] for verdict in Verdict.values),
        waiting=states[IdeaState.RECEIVED],
        inadmissible=states[IdeaState.INADMISSIBLE],
        withdrawn=gone[Visibility.WITHDRAWN],
        moderated=gone[Visibility.HIDDEN],
        kinds=Counter({kind: n for (_process, kind, facet, _value), n in shelves.items() if facet == "all"}),
        places=counted_by(shelves, Kind.IDEA, "place"),
    )


def _gone(process_id: UUID) -> Counter[str]:
    rows = (
        Record.objects.filter(
            process=process_id,
            kind=Kind.IDEA,
            visibility__in=(Visibility.WITHDRAWN, Visibility.HIDDEN),
            audience__is_public=True,
        )
        .annotate(cut=its_cut())
        .filter(cut=None)
        .order_by()
        .values_list("visibility")
        .annotate(n=Count("pk"))
    )
    return Counter(dict(rows))


# What moves a process: acts of the authority, one line each. Grouping and single refusals are told elsewhere.
MOVES = (
    PROCESS_OPENED, STAGE_MOVED, STAGE_DONE, OBLIGATION_POSTPONED, ANSWER_SIGNED, DECISION_PUBLISHED,
    COMMITMENT_MADE, COMMITMENT_MOVED, ACTION_MOVED, PROGRESS_TOLD, EVIDENCE_GIVEN, MEETING_ANNOUNCED,
    MEETING_POSTPONED, MEETING_CANCELLED, MEETING_HELD, AUTHORITY_WITHDREW,
)  # fmt: skip


_PROMISED = (Kind.COMMITMENT, Kind.ACTION, Kind.EVIDENCE)


@dataclass(frozen=True, slots=True)
class Move:
    """One act of the authority, as the journal says it, on a Record as it stands now."""

    entry_id: UUID
    authority_id: UUID
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
    return _moves_here(viewer, Q(process=process_id) | Q(record=process_id), limit)


def moves_of_commitments(viewer: Viewer, limit: int) -> list[Move]:
    """What moved in all that the authority promised, the newest first, in one query."""
    return _moves_here(viewer, Q(record__kind__in=_PROMISED, record__authority=viewer.authority), limit)


def _moves_here(viewer: Viewer, which: Q, limit: int) -> list[Move]:
    return moves_where(which & Q(authority=viewer.authority), limit)


def moves_where(which: Q, limit: int) -> list[Move]:
    """Of these Entries, those that everyone may read and that move something, at whichever authority."""
    said = Opening.objects.filter(entry=OuterRef("pk"))
    rows = (
        Entry.objects.filter(
            which,
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
            "id", "authority_id", "kind", "day", "at", "data", "record_id", "record__kind", "record__code", "record__origin",
            "record__wording__title", "record__wording__text", "why", "record__wording__language", "function",
        )[:limit]
    )  # fmt: skip
    return [_move(row) for row in rows]


def _move(row: tuple[Any, ...]) -> Move:
    *fact, title, text, why, language, function = row
    said = (Spoken(words, language) for words in (title, text, why))
    return Move(*(*fact, *said, str(function or "")))
