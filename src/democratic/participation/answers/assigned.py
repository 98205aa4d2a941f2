"""Which service prepares which answers. Private, as what waits at a desk is."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from democratic.communities.models import Service
from democratic.participation.answers.grouping import INADMISSIBLE, REJOINED, SPLIT
from democratic.participation.answers.lineage import running_merges
from democratic.participation.answers.models import Answer, AnswerAssignment
from democratic.participation.processes.models import Process
from democratic.thread.models import Kind, Record, Visibility


def running() -> QuerySet[AnswerAssignment]:
    return AnswerAssignment.objects.filter(ended_at=None)


def to_prepare() -> QuerySet[AnswerAssignment]:
    """Those for which nobody has written yet, and which are still answered for themselves."""
    written = Answer.objects.filter(Q(signed_at=None) | Q(is_current=True), subject=OuterRef("subject"))
    return (
        running()
        .filter(~Exists(written), subject__visibility=Visibility.PUBLIC)
        .exclude(subject__state__in=(INADMISSIBLE, SPLIT, REJOINED))
        .exclude(subject__kind=Kind.IDEA, subject__theme__isnull=False)
        .exclude(subject__in=running_merges().values("source"))
    )


def waiting_for(person: UUID, authority: UUID) -> QuerySet[AnswerAssignment]:
    """What her services have to prepare here, whether she is titular or deputy; the nearest day first."""
    hers = Q(service__titular=person) | Q(service__deputy=person)
    return to_prepare().filter(hers, service__authority=authority).order_by("due_on", "pk")


def assignments_of(subjects: Collection[UUID]) -> dict[UUID, AnswerAssignment]:
    rows = running().filter(subject__in=subjects).select_related("service__authority")
    return {row.subject_id: row for row in rows}


def services_assigned(process: Process) -> list[tuple[UUID, str, int]]:
    """Each service to which subjects of this process are assigned, with how many; by name."""
    return list(counted_by_service(process).order_by("service__name"))


def counted_by_service(process: Process) -> QuerySet[AnswerAssignment, tuple[UUID, str, int]]:
    rows = running().filter(subject__process=process.record)
    return rows.values_list("service", "service__name").annotate(n=Count("pk"))


@dataclass(frozen=True, slots=True)
class Load:
    subjects: int
    voices: int


def load_of(service: Service) -> Load:
    """What it has to prepare, in all processes; two queries."""
    kinds = dict(to_prepare().filter(service=service).values_list("subject", "subject__kind"))
    said = Record.objects.filter(theme__in=kinds, kind=Kind.IDEA, visibility=Visibility.PUBLIC)
    alone = sum(kind == Kind.IDEA for kind in kinds.values())
    return Load(len(kinds), said.count() + alone)
