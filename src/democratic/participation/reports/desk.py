"""What the desk shows: what is owed, what waits for a signature, what has just been said."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, FilteredRelation, Q, QuerySet, Sum, UUIDField, Value

from democratic.kernel.spoken import Spoken
from democratic.participation.answers.assigned import counted_by_service, running
from democratic.participation.answers.grouping import INADMISSIBLE, REJOINED, SPLIT
from democratic.participation.answers.lineage import running_merges
from democratic.participation.answers.models import Answer, Theme
from democratic.participation.commitments.models import Decision
from democratic.participation.meetings.models import Meeting
from democratic.participation.processes.models import Process
from democratic.thread.models import Authority, Kind, Record, ShelfCount, Visibility
from democratic.thread.queries.clauses import rows_of
from democratic.thread.queries.records import Card, cards

PAGE = 30
# In the place of a theme's code: the contributions that were put out of the field.
OUTSIDE = "hors-champ"
# The same for those that were merged into another, and for those whose parts are answered in their place.
MERGED, SPLIT_UP = "fusionnees", "scindees"
FEW = 8
MOST_SUBJECTS = 200


# What is in no theme is counted from the index ``record_to_group`` alone.
_FIGURES = """
select kind, facet, value, sum(n) from thread_shelfcount
where process_id = %s and facet in ('all', 'state') group by kind, facet, value
union all
select 'idea', 'alone', '', count(*) from thread_record
where process_id = %s and kind = 'idea' and visibility = 'public' and theme_id is null and state <> all(%s)
"""


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    ideas: int
    grouped: int
    unanswered: int
    themes: int
    commitments: int

    @property
    def coverage(self) -> int:
        """Share of the contributions that are in a theme, in whole percent, rounded down."""
        return self.grouped * 100 // self.ideas if self.ideas else 0


def process_figures(process: Process) -> ProcessFigures:
    """From the counts of shelves. A whole that was split, and a part that was joined back, are not owed an answer."""
    closed = [SPLIT, REJOINED]
    rows = rows_of((_FIGURES, [process.pk, process.pk, closed]))
    n: Counter[tuple[str, str, str]] = Counter(
        {(kind, facet, value): int(n) for kind, facet, value, n in rows}
    )
    ideas = n[Kind.IDEA, "all", ""] - sum(n[Kind.IDEA, "state", state] for state in closed)
    return ProcessFigures(
        ideas=ideas,
        grouped=ideas - n[Kind.IDEA, "alone", ""],
        unanswered=n[Kind.IDEA, "state", "received"],
        themes=n[Kind.THEME, "all", ""],
        commitments=n[Kind.COMMITMENT, "all", ""],
    )


def latest_words(authority: Authority) -> list[Card]:
    said = Record.objects.filter(authority=authority, kind=Kind.IDEA, visibility=Visibility.PUBLIC)
    return cards(said.order_by("-happened_at", "-id")[:FEW])


def grouped_in(process: Process) -> dict[str, int]:
    """How many public contributions each theme holds, by its id as text: from the counts of shelves."""
    shelf = ShelfCount.objects.filter(process_id=process.pk, kind=Kind.IDEA, facet="theme").exclude(value="")
    return dict(shelf.values_list("value").annotate(n=Sum("n")))


def themes_of(process: Process) -> list[tuple[str, str, int]]:
    """Code, name and number of contributions of each theme; two queries."""
    held = grouped_in(process)
    rows = (
        Theme.objects.filter(process=process)
        .order_by("rank")
        .values_list("pk", "record__code", "record__wording__title", "record__wording__language")
    )
    return [(code, Spoken(name, language), held.get(str(pk), 0)) for pk, code, name, language in rows]


def contributions_to_group(process: Process, *, theme: str, query: str, after: str) -> list[Card]:
    """One page and one more. ``theme``: a code, empty for none, OUTSIDE, MERGED or SPLIT_UP; ``after``: a code."""
    said = Record.objects.filter(process=process.record, kind=Kind.IDEA, visibility=Visibility.PUBLIC)
    merged = running_merges().values("source")
    if theme == MERGED:
        said = said.filter(pk__in=merged)
    elif theme == SPLIT_UP:
        said = said.filter(state=SPLIT)
    elif theme == OUTSIDE:
        said = said.filter(state="inadmissible").exclude(pk__in=merged)
    else:
        said = said.exclude(pk__in=merged)
        said = said.filter(theme__code=theme) if theme else said.filter(theme=None)
        said = said.exclude(state__in=(INADMISSIBLE, SPLIT, REJOINED))
    if query:
        words = SearchQuery(query, config="fr", search_type="websearch")
        said = said.filter(search__vector=words)
    start = said.filter(code=after).values_list("happened_at", "id").first() if after else None
    if start:
        said = said.filter(Q(happened_at__gt=start[0]) | Q(happened_at=start[0], id__gt=start[1]))
    return cards(said.order_by("happened_at", "id")[: PAGE + 1])


@dataclass(frozen=True, slots=True)
class Subject:
    """A theme, or a contribution outside all themes, and where its answer stands. ``assigned_to``: who prepares it."""

    code: str
    kind: str
    title: str
    voices: int
    state: str
    draft_code: str
    signed_code: str
    assigned_to: str = ""
    assigned_for: date | None = None

    @property
    def is_to_prepare(self) -> bool:
        return bool(self.assigned_to) and not self.draft_code and not self.signed_code


MOST_THEMES = 200


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """``alone``: one page of the contributions in no theme that wait for an answer, of ``total`` such.

    ``services``: those to which something is assigned, by name, with how many.
    """

    themes: list[Subject]
    alone: list[Subject]
    total: int
    services: list[tuple[UUID, str, int]]


def to_answer(process: Process, *, offset: int, limit: int, service: UUID | None = None) -> ToAnswer:
    """The oldest first, in five queries. ``service``: what is assigned to it, alone."""
    of_process = Record.objects.filter(process=process.record, visibility=Visibility.PUBLIC)
    if service is not None:
        of_process = of_process.filter(pk__in=running().filter(service=service).values("subject"))
    lone = of_process.filter(kind=Kind.IDEA, theme=None, state="received")
    themes = _rows(of_process.filter(kind=Kind.THEME), 0, MOST_THEMES)
    alone = _rows(lone, offset, limit)
    drafts, signed = _answers_of([row[0] for row in (*themes, *alone)])
    held = grouped_in(process)

    def subjects(rows: list[tuple[Any, ...]]) -> list[Subject]:
        return [
            Subject(
                code, kind, Spoken(title, language), held.get(str(pk), 0), state,
                drafts.get(pk, ""), signed.get(pk, ""), service or "", day,
            )
            for pk, code, kind, title, language, state, service, day in rows
        ]  # fmt: skip

    total, services = _counted(process, lone)
    return ToAnswer(subjects(themes), subjects(alone), total, services)


def _counted(process: Process, lone: QuerySet[Record]) -> tuple[int, list[tuple[UUID, str, int]]]:
    """How many wait alone, and what is assigned to each service; one statement."""
    nobody = Value(None, output_field=UUIDField())
    waiting = lone.values_list(nobody, Value("")).annotate(n=Count("pk"))
    rows = list(waiting.union(counted_by_service(process), all=True))
    services = [(pk, name, n) for pk, name, n in rows if pk is not None]
    return sum(n for pk, _name, n in rows if pk is None), sorted(services, key=lambda each: each[1])


def _rows(records: QuerySet[Record], offset: int, limit: int) -> list[tuple[Any, ...]]:
    columns = ("id", "code", "kind", "wording__title", "wording__language", "state")
    assigned = FilteredRelation("assignments", condition=Q(assignments__ended_at=None))
    rows = records.annotate(running=assigned).order_by("happened_at", "id")
    return list(
        rows.values_list(*columns, "running__service__name", "running__due_on")[offset : offset + limit]
    )


def _answers_of(subjects: list[UUID]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    drafts: dict[UUID, str] = {}
    signed: dict[UUID, str] = {}
    rows = Answer.objects.filter(Q(is_current=True) | Q(signed_at=None), subject__in=subjects)
    for subject, code, signed_at in rows.values_list("subject", "record__code", "signed_at"):
        (signed if signed_at else drafts)[subject] = code
    return drafts, signed


def decisions_of(process: Process) -> list[Decision]:
    """The latest first, each with its ``commitment_count``; withdrawn ones are over."""
    rows = Decision.objects.filter(process=process, record__withdrawal=None)
    return list(
        rows.select_related("record__wording")
        .annotate(commitment_count=Count("commitments"))
        .order_by("-decided_on", "-pk")[:FEW]
    )


def meetings_of(process: Process) -> list[Meeting]:
    rows = Meeting.objects.filter(process=process, record__visibility=Visibility.PUBLIC)
    return list(rows.select_related("record__wording").order_by("-starts_at", "-pk")[:FEW])


def answers_to_decide(process: Process) -> list[Record]:
    """The signed answers on which a decision can stand."""
    current = Answer.objects.filter(process=process, is_current=True, signed_at__isnull=False)
    return list(
        Record.objects.filter(pk__in=current.values("pk")).select_related("wording").order_by("happened_at")
    )
