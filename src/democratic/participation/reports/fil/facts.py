"""What a fil is told from: the Links around a Record, and the Records they reach, in seven queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from democratic.participation.answers.queries import Voices, voices_of
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.processes.models import Process
from democratic.participation.reports.chain import FACTS
from democratic.participation.reports.fil.knots import Crossing
from democratic.participation.reports.history import Told, history_and_notes
from democratic.thread.models import Kind, Link, LinkKind, Record
from democratic.thread.queries import RecordNotFound
from democratic.thread.queries.attachments import with_attachments
from democratic.thread.queries.prepared import GuardedRead
from democratic.thread.queries.walk import Step, walk
from democratic.thread.rules import Viewer, visible_records

MOST_CROSSINGS = 12

CHAIN = (
    LinkKind.ANSWERED_BY,
    LinkKind.DECIDED_BY,
    LinkKind.KEPT_BY,
    LinkKind.DONE_BY,
    LinkKind.PROVED_BY,
    LinkKind.JUDGED_BY,
    LinkKind.REFERRED_TO,
)
ASIDE = (LinkKind.MERGED_INTO, LinkKind.SPLIT_FROM, LinkKind.CONTRADICTS, LinkKind.INSPIRED)

_OF_PROCESS = (
    "as_process__mandate__answerer",
    "as_process__mandate__service",
    "as_process__mandate__record__wording",
    "as_process__mandate__record__withdrawal",
)


@dataclass(frozen=True, slots=True)
class Start:
    """Enough of a Record to know where its fil begins and under which scope its page is stored."""

    id: UUID
    code: str
    kind: str
    process_id: UUID | None
    theme_id: UUID | None
    subject_id: UUID | None

    @property
    def scope(self) -> UUID | None:
        """The process whose pages change with it; None for an order, which may have several."""
        return self.id if self.kind == Kind.PROCESS else self.process_id


def _start(viewer: Viewer, code: str) -> QuerySet[Record, tuple[Any, ...]]:
    return (
        visible_records(viewer)
        .filter(code=code)
        .values_list("pk", "code", "kind", "process_id", "theme_id", "comment__subject_id")
    )


_START = GuardedRead(_start)


def find_start(viewer: Viewer, code: str) -> Start:
    """Raises RecordNotFound."""
    row = _START.first(viewer, code)
    if row is None:
        raise RecordNotFound(code)
    return Start(*row)


@dataclass(frozen=True, slots=True)
class Facts:
    """Records by id, with their own models loaded; Links by (source, kind) and by (target, kind)."""

    start: Record
    process: Process | None
    records: Mapping[UUID, Record]
    after: Mapping[tuple[UUID, str], tuple[Step, ...]]
    before: Mapping[tuple[UUID, str], tuple[Step, ...]]
    dues: Mapping[tuple[UUID, str], Due]
    voices: Mapping[UUID, Voices]
    crossings: tuple[Crossing, ...]
    history: tuple[Told, ...]
    notes: Mapping[UUID, str]
    today: date
    zone: str

    def next(self, source: UUID, kind: LinkKind) -> list[Record]:
        return self._those(step.target_id for step in self.after.get((source, kind), ()))

    def previous(self, target: UUID, kind: LinkKind) -> list[Record]:
        return self._those(step.source_id for step in self.before.get((target, kind), ()))

    def linked_on(self, source: UUID, kind: LinkKind, target: UUID) -> date | None:
        steps = self.after.get((source, kind), ())
        return next((step.day for step in steps if step.target_id == target), None)

    def answer_due(self, *subjects: UUID) -> Due | None:
        """The promise of an answer: made for this subject, or for the whole process."""
        asked = [*subjects, *([self.process.pk] if self.process else [])]
        return next((self.dues[one, Owed.ANSWER] for one in asked if (one, Owed.ANSWER) in self.dues), None)

    def _those(self, ids: Iterable[UUID]) -> list[Record]:
        return [self.records[each] for each in ids if each in self.records]


def load_onward(viewer: Viewer, start: Start, today: date) -> Facts:
    """What followed from a Record. A meeting leads back to the themes it discussed, then onward from them."""
    onward = {LinkKind.GROUPED_IN, LinkKind.MERGED_INTO, *CHAIN}
    # A whole goes on in its parts.
    back: set[LinkKind] = {LinkKind.SPLIT_FROM} if start.kind == Kind.IDEA else set()
    if start.kind == Kind.MEETING:
        back.add(LinkKind.DISCUSSED_IN)
    else:
        onward.add(LinkKind.DISCUSSED_IN)
    starts = [start.id, *([start.subject_id] if start.subject_id else [])]
    return _load(viewer, start, walk(starts, authority=viewer.authority, onward=onward, back=back), today)


def load_back(viewer: Viewer, start: Start, today: date) -> Facts:
    """Where a Record comes from. Of the voices grouped in a theme, all are counted and the first is told."""
    is_said = start.kind in (Kind.IDEA, Kind.COMMENT)
    onward = (LinkKind.SPLIT_FROM,) if is_said else (LinkKind.DISCUSSED_IN,)
    steps = walk([start.id], authority=viewer.authority, onward=onward, back=CHAIN)
    return _load(viewer, start, steps, today, is_back=True)


def _load(viewer: Viewer, start: Start, steps: list[Step], today: date, *, is_back: bool = False) -> Facts:
    reached = {each for step in steps for each in (step.source_id, step.target_id)} | {start.id}
    theme_id = None if is_back else start.theme_id
    more = {each for each in (start.process_id, theme_id, start.subject_id) if each}
    found = visible_records(viewer).filter(pk__in=reached | more).select_related(*FACTS, *_OF_PROCESS)
    records = {record.pk: record for record in found.prefetch_related(with_attachments())}
    if start.id not in records:
        raise RecordNotFound(start.code)
    process = records.get(start.process_id) if start.process_id else None
    themes = [pk for pk, record in records.items() if record.kind == Kind.THEME]
    crossings = [] if is_back else _crossings(viewer, records, start)
    if is_back:
        records |= _first_voice(viewer, themes)
    promised = [pk for pk, record in records.items() if record.kind == Kind.COMMITMENT]
    history, notes = history_and_notes(start.id, promised)
    return Facts(
        start=records[start.id],
        process=process.as_process if process else None,
        records=records,
        after=_by(steps, lambda step: (step.source_id, step.kind)),
        before=_by(steps, lambda step: (step.target_id, step.kind)),
        dues=dues_of(list(records), today),
        voices=voices_of(themes) if themes else {},
        crossings=tuple(crossings),
        history=tuple(history),
        notes=notes,
        today=today,
        zone=viewer.authority.time_zone,
    )


def _first_voice(viewer: Viewer, themes: list[UUID]) -> dict[UUID, Record]:
    said = visible_records(viewer).filter(theme__in=themes, kind=Kind.IDEA).exclude(state="inadmissible")
    first = said.select_related("wording").order_by("happened_at", "pk")[:1] if themes else []
    return {record.pk: record for record in first}


def _by(
    steps: list[Step], key: Callable[[Step], tuple[UUID, str]]
) -> dict[tuple[UUID, str], tuple[Step, ...]]:
    found: dict[tuple[UUID, str], dict[tuple[UUID, UUID], Step]] = defaultdict(dict)
    for step in steps:
        found[key(step)].setdefault((step.source_id, step.target_id), step)
    return {each: tuple(once.values()) for each, once in found.items()}


def _crossings(viewer: Viewer, records: Mapping[UUID, Record], start: Start) -> list[Crossing]:
    """Others that were given the same answer or led to the same decision, and those linked aside."""
    shared = [pk for pk, record in records.items() if record.kind in (Kind.ANSWER, Kind.DECISION)]
    here = [start.id, *([start.theme_id] if start.theme_id else [])]
    met = Q(target__in=shared, kind__in=(LinkKind.ANSWERED_BY, LinkKind.DECIDED_BY))
    aside = Q(kind__in=ASIDE) & (Q(source__in=here) | Q(target__in=here))
    links = (
        Link.objects.filter(met | aside, ended_by=None)
        .filter(source__in=visible_records(viewer), target__in=visible_records(viewer))
        .exclude(source__in=records, kind__in=(LinkKind.ANSWERED_BY, LinkKind.DECIDED_BY))
        .select_related(
            *("source__wording", "source__figures", "source__answer__subject__wording"),
            *("source__answer__subject__figures", "target__wording", "target__figures"),
        )
    )
    crossed: dict[UUID, Crossing] = {}
    for link in sorted(links, key=lambda link: link.pk):
        other = link.target if link.source_id in here and link.kind in ASIDE else link.source
        if other.kind == Kind.ANSWER:
            other = other.answer.subject
        if other.pk not in records:
            crossed.setdefault(other.pk, Crossing(other, link.kind, records.get(link.target_id)))
    return list(crossed.values())[:MOST_CROSSINGS]
