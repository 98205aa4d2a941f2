"""Reads of ideas: what a list and a page say beside the words themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Now

from democratic.kernel.ids import read_claim_secret
from democratic.kernel.limits import keyed_hash
from democratic.kernel.spoken import Spoken
from democratic.participation.answers.events import CONTRIBUTION_INADMISSIBLE
from democratic.participation.obligations.models import Owed
from democratic.participation.processes.models import Process, Stage
from democratic.participation.processes.tool import Act
from democratic.people.models import Person
from democratic.thread.models import (
    Authority,
    ClaimSecret,
    ExternalReference,
    ImportedTally,
    Kind,
    Opening,
    Record,
    Visibility,
    Wording,
)
from democratic.thread.queries import RecordNotFound
from democratic.thread.queries.facets import Shelf
from democratic.thread.queries.prepared import GuardedRead
from democratic.thread.rules import Viewer, visible_records


@dataclass(frozen=True, slots=True)
class IdeasHead:
    """A process as its list of ideas sees it: where it is, who answers by when, and when one may speak."""

    id: UUID
    audience_id: UUID
    slug: str
    title: str
    answerer: str
    answer_due_on: date | None
    answer_first_due_on: date | None
    answer_met_on: date | None
    opens_at: datetime | None
    closes_at: datetime | None
    now: datetime

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.id, Kind.IDEA, self.audience_id)

    @property
    def is_open(self) -> bool:
        return bool(self.opens_at and self.closes_at and self.opens_at <= self.now < self.closes_at)


def _ideas_head(viewer: Viewer, slug: str) -> QuerySet[Process, tuple[Any, ...]]:
    speaking = Stage.objects.filter(process=OuterRef("pk"), allows__contains=[Act.SUBMIT_IDEA.value])
    first = speaking.order_by("rank")
    return (
        Process.objects.filter(record__in=visible_records(viewer), authority=viewer.authority, slug=slug)
        .annotate(
            due=FilteredRelation("record__obligations", condition=Q(record__obligations__owed=Owed.ANSWER)),
            opens_at=Subquery(first.values("opens_at")[:1]),
            closes_at=Subquery(first.values("closes_at")[:1]),
        )
        .values_list(
            "pk",
            "record__audience_id",
            "slug",
            "record__wording__title",
            "record__wording__language",
            "mandate__answerer__name",
            "due__due_on",
            "due__first_due_on",
            "due__met_on",
            "opens_at",
            "closes_at",
            Now(),
        )
    )


_IDEAS_HEAD = GuardedRead(_ideas_head)


def get_ideas_head_for(viewer: Viewer, slug: str) -> IdeasHead:
    """In one query: this page is read more than any other. Raises RecordNotFound."""
    row = _IDEAS_HEAD.first(viewer, slug)
    if row is None:
        raise RecordNotFound(slug)
    pk, audience_id, slug, title, language, *rest = row
    return IdeasHead(pk, audience_id, slug, Spoken(title, language), *rest)


@dataclass(frozen=True, slots=True)
class Scope:
    """Enough to know whether a page may be shown, and under which process it is stored."""

    id: UUID
    code: str
    kind: str
    process_id: UUID
    audience_id: UUID
    author_id: UUID | None
    now: datetime


@cache
def _scope_of(kind: Kind) -> GuardedRead:
    def scope(viewer: Viewer, code: str) -> QuerySet[Record, tuple[Any, ...]]:
        found = visible_records(viewer).filter(code=code, kind=kind, process__isnull=False)
        return found.values_list("pk", "code", "kind", "process_id", "audience_id", "author_id", Now())

    return GuardedRead(scope)


def get_scope_for(viewer: Viewer, code: str, kind: Kind) -> Scope:
    """A Record inside a process, without its words. Raises RecordNotFound."""
    row = _scope_of(kind).first(viewer, code)
    if row is None:
        raise RecordNotFound(code)
    return Scope(*row)


def process_of(process_id: UUID) -> Process:
    """With its words and who answers; for what was already found to be inside it."""
    return Process.objects.select_related("record__wording", "mandate__answerer").get(pk=process_id)


def open_acts(stages: Iterable[Stage], now: datetime) -> frozenset[str]:
    """What one may do in a process now, whichever stage allows it."""
    running = (stage.allows for stage in stages if stage.opens_at <= now < stage.closes_at)
    return frozenset(act for allowed in running for act in allowed)


@dataclass(frozen=True, slots=True)
class Tallied:
    """Votes counted elsewhere, without their voters."""

    count: int
    source: str


def imported_tally_of(record: Record) -> Tallied | None:
    rows = ImportedTally.objects.filter(record=record).values_list("source").annotate(total=Sum("count"))
    row = rows.order_by("-total").first()
    return Tallied(row[1], row[0]) if row else None


def source_of(record: Record) -> ExternalReference | None:
    """Where an imported Record comes from: host, type and identifier there."""
    return ExternalReference.objects.filter(record=record).order_by("pk").first()


def why_inadmissible(record: Record) -> dict[str, str]:
    """The reason and the function of who said so, as the journal opens them."""
    said = Opening.objects.filter(entry__record=record, entry__kind=CONTRIBUTION_INADMISSIBLE.kind)
    return dict(said.order_by("entry").values_list("part", "value"))


def versions_of(record: Record) -> list[Wording]:
    """Every version of its words in the language in which it was said, the newest first."""
    said = Wording.objects.filter(record=record, language=F("record__wording__language"))
    return list(said.order_by("-version"))


def places_in(process: Process) -> list[str]:
    """Places already said in this process, the commonest first, to be proposed again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select place from thread_record where process_id = %s and kind = 'idea' and"
            " visibility = 'public' and place <> '' group by place order by count(*) desc, place limit 40",
            [process.pk],
        )
        return [place for (place,) in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands between one person and one Record. ``supports`` is counted now, for her own tap to show."""

    supports: int
    is_supported: bool
    volume: str

    @property
    def is_followed(self) -> bool:
        return bool(self.volume)


_MARKS = """
with me as (select id from people_person where id = %(root)s or root_id = %(root)s)
select count(*), coalesce(bool_or(s.person_id in (select id from me)), false),
  coalesce((select f.volume from thread_follow f where f.record_id = %(record)s
    and f.person_id in (select id from me) order by f.created_at desc limit 1), '')
from thread_support s where s.record_id = %(record)s
"""


def marks_of(person: Person, record_id: UUID) -> Marks:
    """Under all the identities of this person: her own, and the guests that she claimed."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, {"root": person.root_id or person.pk, "record": record_id})
        return Marks(*cursor.fetchone())


def record_of_secret(authority: Authority, typed: str) -> Record | None:
    """What an unused claim secret opens; looking does not use it up."""
    found = ClaimSecret.objects.filter(
        secret_hash=keyed_hash("claim", read_claim_secret(typed)),
        used_at=None,
        record__authority=authority,
        record__visibility=Visibility.PUBLIC,
    )
    secret = found.select_related("record__wording", "record__process").first()
    return secret.record if secret else None
