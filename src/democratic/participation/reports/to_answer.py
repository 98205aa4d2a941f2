"""What is to be answered in a process: its subjects, then the contributions in none, the oldest first; by pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from democratic.kernel.spoken import Spoken
from democratic.participation.answers.assigned import Load, counted_by_service, running, to_prepare
from democratic.participation.answers.models import Answer
from democratic.participation.processes.models import Process
from democratic.participation.reports.desk import grouped_in
from democratic.thread.models import Kind, Record, ShelfCount, Visibility


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


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """One page: ``themes``, then ``alone``, the contributions in no theme that wait; of ``total`` of both.

    ``services``: those to which something is assigned, by name, with how many. ``left``: to the one asked for.
    """

    themes: list[Subject]
    alone: list[Subject]
    total: int
    services: list[tuple[UUID, str, int]]
    left: Load | None


def to_answer(process: Process, *, offset: int, limit: int, service: UUID | None = None) -> ToAnswer:
    """In five queries. ``service``: what is assigned to it, alone."""
    of_process = Record.objects.filter(process=process.record, visibility=Visibility.PUBLIC)
    if service is not None:
        of_process = of_process.filter(pk__in=running().filter(service=service).values("subject"))
    grouped = of_process.filter(kind=Kind.THEME)
    lone = of_process.filter(kind=Kind.IDEA, theme=None, state="received")
    counts, services = _counted(process, grouped, lone, service)
    themes = _rows(grouped, offset, limit)
    alone = _rows(lone, max(0, offset - counts["themes"]), limit - len(themes))
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

    left = Load(counts["left"], counts["voices"]) if service else None
    return ToAnswer(subjects(themes), subjects(alone), counts["themes"] + counts["alone"], services, left)


def _counted(
    process: Process, themes: QuerySet[Record], alone: QuerySet[Record], service: UUID | None
) -> tuple[dict[str, int], list[tuple[UUID, str, int]]]:
    """How many of each, what is assigned to each service, and what is left to one of them; one statement."""
    nobody = Value(None, output_field=UUIDField())
    left = to_prepare().filter(service=service, subject__process=process.record)
    waiting: dict[str, tuple[QuerySet[Any], Any]] = {
        "themes": (themes, Count("pk")),
        "alone": (alone, Count("pk")),
        "left": (left, Count("pk")),
        "voices": (left, Sum(_voices(process))),
    }
    counted = (
        found.values_list(nobody, Value(what)).annotate(n=n)
        for what, (found, n) in waiting.items()
        if service or found is not left
    )
    rows = list(counted_by_service(process).union(*counted, all=True))
    services = [(pk, name, n) for pk, name, n in rows if pk is not None]
    counts = dict.fromkeys(waiting, 0) | {what: n for pk, what, n in rows if pk is None}
    return counts, sorted(services, key=lambda each: each[1])


def _voices(process: Process) -> Coalesce:
    """Of what is assigned: what its theme holds, from the counts of shelves; of a contribution, one."""
    theme = Cast(OuterRef("subject"), TextField())
    shelf = ShelfCount.objects.filter(process_id=process.pk, kind=Kind.IDEA, facet="theme", value=theme)
    held = shelf.values("value").annotate(held=Sum("n")).values("held")
    return Coalesce(Subquery(held), 1, output_field=IntegerField())


def _rows(records: QuerySet[Record], offset: int, limit: int) -> list[tuple[Any, ...]]:
    if not limit:
        return []
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
