"""Reads of concertations: one, a page of them, and what is open today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from democratic.kernel.compiled import columns_of, instances_of
from democratic.kernel.spoken import Spoken
from democratic.participation.mandates.models import Mandate
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.processes.models import Process, Stage
from democratic.participation.processes.timeline import StepLine, midnight, timeline
from democratic.participation.processes.tool import Act
from democratic.people.models import Person
from democratic.thread.models import Audience, Authority, Follow, Kind, Record, Visibility
from democratic.thread.queries import RecordNotFound
from democratic.thread.queries.prepared import GuardedRead
from democratic.thread.queries.shelves import count_shelves
from democratic.thread.rules import Viewer, visible_records

_ID = GuardedRead(lambda viewer, slug: visible_processes(viewer).filter(slug=slug).values_list("pk"))


def process_id_for(viewer: Viewer, slug: str) -> UUID:
    """The scope of this process's pages. Raises RecordNotFound."""
    row = _ID.first(viewer, slug)
    if row is None:
        raise RecordNotFound(slug)
    found: UUID = row[0]
    return found


def get_process_for(viewer: Viewer, slug: str) -> Process:
    """The process with its words, its order and who answers, in one query. Raises RecordNotFound."""
    process = (
        visible_processes(viewer)
        .filter(slug=slug)
        # Each join more costs the planner more than it costs the executor: nothing here that no page shows.
        .select_related(
            "record__wording",
            "record__withdrawal",
            "mandate__record__wording",
            "mandate__record__withdrawal",
            "mandate__answerer",
            "mandate__service",
        )
        .first()
    )
    if process is None:
        raise RecordNotFound(slug)
    process.authority = viewer.authority
    return process


_TO_ACT_IN = GuardedRead(
    lambda viewer, slug: (
        visible_processes(viewer)
        .filter(slug=slug)
        .values_list(
            *columns_of(Process), *columns_of(Record, "record__"), *columns_of(Audience, "record__audience__")
        )
    )
)


def get_process_to_act_in(viewer: Viewer, slug: str) -> Process:
    """The process without its words, which no act needs: a form sent back reads them. Raises RecordNotFound."""
    row = _TO_ACT_IN.first(viewer, slug)
    if row is None:
        raise RecordNotFound(slug)
    process: Process
    process, process.record, process.record.audience = instances_of(row, Process, Record, Audience)
    process.authority = process.record.authority = viewer.authority
    return process


def processes_to_follow_in(authority: Authority, *, limit: int = 200) -> list[Process]:
    """Public ones, the newest first: what is met or promised outside any may be followed in one of them."""
    shown = Process.objects.filter(authority=authority, record__visibility=Visibility.PUBLIC)
    return list(shown.select_related("record__wording", "record__authority").order_by("-pk")[:limit])


def visible_processes(viewer: Viewer) -> QuerySet[Process]:
    return Process.objects.filter(record__in=visible_records(viewer), authority=viewer.authority)


def slug_of(viewer: Viewer, code: str) -> str:
    """The address of a process known by its code. Raises RecordNotFound."""
    slug = visible_processes(viewer).filter(record__code=code).values_list("slug", flat=True).first()
    if slug is None:
        raise RecordNotFound(code)
    return slug


def followed_code(process_id: UUID, person: Person) -> str | None:
    """The process's code when this person follows it, herself or as a guest that she claimed since."""
    hers = Q(person=person) | Q(person__root=person)
    found = Follow.objects.filter(hers, record_id=process_id)
    return found.values_list("record__code", flat=True).first()


def stages_of(process_ids: Iterable[UUID]) -> dict[UUID, list[Stage]]:
    grouped: dict[UUID, list[Stage]] = defaultdict(list)
    for stage in Stage.objects.filter(process__in=list(process_ids)).order_by("process", "rank"):
        grouped[stage.process_id].append(stage)
    return grouped


def dues_by_process(process_ids: Sequence[UUID], today: date) -> dict[UUID, dict[str, Due]]:
    """What each process itself owes (its answer, its report), by kind."""
    grouped: dict[UUID, dict[str, Due]] = defaultdict(dict)
    for (process_id, owed), due in dues_of(list(process_ids), today).items():
        grouped[process_id][owed] = due
    return grouped


def timeline_of(process: Process, dues: Mapping[str, Due], today: date) -> tuple[StepLine, ...]:
    stages = stages_of([process.pk])[process.pk]
    return timeline(stages, dues=dict(dues), today=today, time_zone=process.authority.time_zone)


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A process as a list shows it. ``voices``: how many ideas came by each origin, the most first."""

    process: Process
    steps: tuple[StepLine, ...]
    voices: tuple[tuple[str, int], ...]
    answer: Due | None


def list_processes(viewer: Viewer, today: date, *, offset: int, limit: int) -> tuple[list[ProcessLine], int]:
    """Where one can speak today first, then those under way, then those over; the newest first in each.

    Five queries whatever the number of rows, and the total.
    """
    everything = visible_processes(viewer)
    total = everything.count()
    wanted = everything.annotate(turn=_turn(midnight_of(viewer, today)))
    ordered = wanted.select_related("record__wording").order_by("turn", "-record__happened_at", "-pk")
    processes = list(ordered[offset : offset + limit])
    ids = [process.pk for process in processes]
    stages, voices, dues = stages_of(ids), _voices(viewer, ids), dues_by_process(ids, today)
    zone = viewer.authority.time_zone
    return [
        ProcessLine(
            process,
            timeline(stages[process.pk], dues=dues[process.pk], today=today, time_zone=zone),
            tuple(voices[process.pk]),
            dues[process.pk].get(Owed.ANSWER),
        )
        for process in processes
    ], total


def _turn(moment: object) -> Case:
    running = Stage.objects.filter(process=OuterRef("pk"), closes_at__gt=moment)
    speaking = running.filter(opens_at__lte=moment, allows__contains=[Act.SUBMIT_IDEA])
    return Case(
        When(Exists(speaking), then=Value(0)),
        When(Exists(running), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def midnight_of(viewer: Viewer, today: date) -> object:
    return midnight(today, viewer.authority.time_zone)


def _voices(viewer: Viewer, process_ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, int]]]:
    """By origin, the most first."""
    shelves = count_shelves(viewer.authority, process_ids)
    grouped: dict[UUID, list[tuple[str, int]]] = defaultdict(list)
    for (process_id, kind, facet, origin), n in sorted(
        shelves.items(), key=lambda shelf: (-shelf[1], shelf[0][-1])
    ):
        if (kind, facet) == (Kind.IDEA, "origin"):
            grouped[process_id].append((origin, n))
    return grouped


def open_stages(viewer: Viewer, today: date, limit: int = 20) -> list[Stage]:
    """Stages that run today, with their process and its words: the first to close first."""
    moment = midnight_of(viewer, today)
    return list(
        Stage.objects.filter(
            process__in=visible_processes(viewer), opens_at__lte=moment, closes_at__gt=moment
        )
        .select_related("process__record__wording")
        .order_by("closes_at", "pk")[:limit]
    )


def processes_of(viewer: Viewer, mandate: Mandate) -> list[Process]:
    """The concertations that carry an order, the first opened first."""
    found = visible_processes(viewer).filter(mandate=mandate).select_related("record__wording")
    return list(found.order_by("record__happened_at", "pk")[:50])


def mandates_to_carry(authority: Authority) -> list[tuple[str, str]]:
    """Code and title of the published orders from which a concertation may follow, the latest first."""
    found = Mandate.objects.filter(
        record__authority=authority, record__visibility=Visibility.PUBLIC, record__withdrawal=None
    ).order_by("-ordered_on", "-pk")
    rows = found.values_list("record__code", "record__wording__title", "record__wording__language")
    return [(code, Spoken(title, language)) for code, title, language in rows[:50]]
