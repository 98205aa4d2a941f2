"""Reads of decisions, commitments, actions and evidence. « En retard » is computed, never stored."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)

from democratic.kernel.spoken import Spoken
from democratic.participation.commitments.models import (
    Action,
    Commitment,
    CommitmentState,
    Decision,
    Evidence,
)
from democratic.participation.obligations.models import Obligation, Owed
from democratic.participation.obligations.queries import Due
from democratic.thread.models import Record, Withdrawal
from democratic.thread.queries import RecordNotFound
from democratic.thread.queries.attachments import with_attachments
from democratic.thread.rules import Viewer, visible_records

PAGE = 15
LAST_PAGE = 200
MOST = 120

LATE, WITHDRAWN = "late", "withdrawn"

# Kept first, not kept last: the order in which commitments are counted and drawn.
STANDINGS = (
    CommitmentState.KEPT.value,
    CommitmentState.PART.value,
    CommitmentState.DOING.value,
    CommitmentState.DUE.value,
    LATE,
    CommitmentState.UNKEPT.value,
    WITHDRAWN,
)

Found = TypeVar("Found", bound=Model)


def withdrawal_of(record: Record) -> Withdrawal | None:
    """The public line of a *retrait*; None for nearly every Record."""
    return getattr(record, "withdrawal", None)


def standing_of(record: Record, due: Due | None) -> str:
    """How a commitment or an action stands today: withdrawn before late, late before its own state."""
    if withdrawal_of(record):
        return WITHDRAWN
    return LATE if due is not None and due.is_late else record.state


def only(found: QuerySet[Found], viewer: Viewer, code: str) -> Found:
    """The one whose Record has this code, if this viewer may see it. Raises RecordNotFound.

    Not ``first()``: its order and limit over so many joins are planned for longer than the rest takes.
    """
    one = next(iter(found.filter(record__in=visible_records(viewer).filter(code=code))), None)
    if one is None:
        raise RecordNotFound(code)
    return one


_WORDS = ("record__wording", "record__withdrawal", "record__authority")


def get_decision_for(viewer: Viewer, code: str) -> Decision:
    return only(Decision.objects.select_related(*_WORDS, "process__record__wording"), viewer, code)


def get_commitment_for(viewer: Viewer, code: str) -> Commitment:
    related = (*_WORDS, "service", "decision__record__wording", "process__record__wording")
    return only(Commitment.objects.select_related(*related), viewer, code)


def get_action_for(viewer: Viewer, code: str) -> Action:
    related = (*_WORDS, "service", "commitment__record__wording", "commitment__process__record__wording")
    return only(Action.objects.select_related(*related), viewer, code)


def get_evidence_for(viewer: Viewer, code: str) -> Evidence:
    related = (*_WORDS, "subject__wording", "record__process__as_process", "record__process__wording")
    found = Evidence.objects.select_related(*related).prefetch_related(
        with_attachments("record__attachments")
    )
    return only(found, viewer, code)


def commitments_from(decision: Decision) -> list[Commitment]:
    rows = Commitment.objects.filter(decision=decision).select_related(*_WORDS, "service")
    return list(rows.order_by("pk")[:MOST])


def actions_of(commitments: Collection[UUID]) -> list[Action]:
    rows = Action.objects.filter(commitment__in=commitments).select_related(*_WORDS, "service")
    return list(rows.order_by("pk")[:MOST])


def evidence_of(subjects: Collection[UUID], viewer: Viewer, *, with_files: bool = False) -> list[Evidence]:
    """What was shown about these commitments and actions, the oldest first."""
    rows = Evidence.objects.filter(subject__in=subjects, record__in=visible_records(viewer))
    shown = rows.select_related(*_WORDS)
    if with_files:
        shown = shown.prefetch_related(with_attachments("record__attachments"))
    return sorted(shown, key=lambda each: (each.record.happened_at, each.pk))


def standing_on(today: date, commitment: str = "") -> Case:
    """``standing_of``, for the database. ``commitment``: the way to it from what is asked, "" or "commitment__"."""
    late = Obligation.objects.filter(
        record=OuterRef(f"{commitment}pk"),
        owed=Owed.COMMITMENT,
        met_on=None,
        ended_on=None,
        first_due_on__lt=today,
    )
    return Case(
        When(**{f"{commitment}record__withdrawal__isnull": False}, then=Value(WITHDRAWN)),
        When(Exists(late), then=Value(LATE)),
        default=F(f"{commitment}record__state"),
        output_field=CharField(),
    )


def _with_standing(authority_id: UUID, today: date) -> QuerySet[Any, Any]:
    return Commitment.objects.filter(
        record__authority=authority_id, record__visibility="public", record__audience__is_public=True
    ).annotate(standing=standing_on(today))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of commitments is narrowed to: standings, processes' slugs, services' ids."""

    standings: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """So many commitments that stand alike, in one process, owed by one service."""

    standing: str
    slug: str
    process: str
    service_id: str
    service: str
    n: int


def commitment_groups(authority_id: UUID, today: date) -> list[Group]:
    """All commitments of an authority, counted in one query: the tally and every facet are sums of these."""
    rows = (
        _with_standing(authority_id, today)
        .values_list(
            "standing",
            "process__slug",
            "process__record__wording__title",
            "process__record__wording__language",
            "service_id",
            "service__name",
        )
        .annotate(n=Count("pk"))
        .order_by("process__slug", "service__name")
    )
    return [
        Group(standing, slug, Spoken(title, language), str(sid), name, n)
        for standing, slug, title, language, sid, name, n in rows
    ]


def tally_of(groups: Collection[Group]) -> dict[str, int]:
    """How many commitments stand in each way, kept first; every way is there, at nought if need be."""
    counts = Counter[str]()
    for group in groups:
        counts[group.standing] += group.n
    return {standing: counts[standing] for standing in STANDINGS}


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    commitments: tuple[Commitment, ...]
    number: int
    has_next: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.commitments) - 1


def commitment_page(
    authority_id: UUID, today: date, filters: Filters, *, number: int = 1, size: int = PAGE
) -> CommitmentPage:
    """The commitments that were asked for, the first promised date first, fifteen at a time."""
    rows = _with_standing(authority_id, today)
    if filters.standings:
        rows = rows.filter(standing__in=filters.standings)
    if filters.processes:
        rows = rows.filter(process__slug__in=filters.processes)
    if filters.services:
        rows = rows.filter(service__in=filters.services)
    promised = Obligation.objects.filter(record=OuterRef("pk"), owed=Owed.COMMITMENT).values("first_due_on")
    number = min(max(1, number), LAST_PAGE)
    start = (number - 1) * size
    ordered = rows.annotate(promised_on=Subquery(promised[:1])).order_by("promised_on", "pk")
    # The page first, its words after: ordering all the joins takes the database ten times longer to plan.
    ids = list(ordered.values_list("pk", flat=True)[start : start + size + 1])
    related = ("record__wording", "record__withdrawal", "service", "process__record__wording")
    found = {row.pk: row for row in Commitment.objects.filter(pk__in=ids[:size]).select_related(*related)}
    return CommitmentPage(tuple(found[pk] for pk in ids[:size]), number, len(ids) > size)
