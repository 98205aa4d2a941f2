"""The desk's table: every commitment and action still waited for, the one that is late for longest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from democratic.participation.commitments.queries import LATE
from democratic.participation.obligations.models import Obligation, Postponement
from democratic.participation.tracker.models import UpdateLink, UpdateRequest
from democratic.participation.tracker.owed import open_promises
from democratic.participation.tracker.queries import Heard, heard_of

MOST = 5000  # rows of a file


@dataclass(frozen=True, slots=True)
class Tracked:
    """One line: what is owed, how often its date was put off, when it was last heard of."""

    owed: Obligation
    put_off: int
    heard: Heard
    today: date

    @property
    def days_late(self) -> int:
        """From the first promise."""
        return max(0, (self.today - self.owed.first_due_on).days)

    @property
    def standing(self) -> str:
        return LATE if self.days_late else self.owed.record.state


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Ids of services, and standings as people read them: « late » before the state itself."""

    services: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    service_id: str
    service: str
    standing: str
    n: int


def _standing_on(today: date) -> Case:
    return Case(When(first_due_on__lt=today, then=Value(LATE)), default=F("record__state"))


def tracked_groups(authority_id: UUID, today: date) -> list[Group]:
    """So many lines of one service that stand alike, in one query: the facets and the total are sums of these."""
    rows = (
        open_promises(authority_id)
        .annotate(standing=_standing_on(today))
        .values_list("service_id", "service__name", "standing")
        .annotate(n=Count("pk"))
        .order_by("service__name", "standing")
    )
    return [Group(str(service), name, standing, n) for service, name, standing, n in rows]


def tracked_lines(
    authority_id: UUID, today: date, narrowed: Narrowed, *, offset: int = 0, limit: int = MOST
) -> list[Tracked]:
    """Five queries, however many lines."""
    rows = open_promises(authority_id).annotate(standing=_standing_on(today))
    if narrowed.services:
        rows = rows.filter(service__in=[UUID(service) for service in narrowed.services])
    if narrowed.standings:
        rows = rows.filter(standing__in=narrowed.standings)
    found = _with_words(rows)[offset : offset + limit]
    return _heard(list(found), today)


def _with_words(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    counted = (
        Postponement.objects.filter(obligation=OuterRef("pk")).values("obligation").annotate(n=Count("pk"))
    )
    related = ("record__wording", "record__authority", "service")
    ordered = rows.select_related(*related).order_by("first_due_on", "pk")
    return ordered.annotate(put_off=Coalesce(Subquery(counted.values("n")), 0))


def _heard(rows: Collection[Any], today: date) -> list[Tracked]:
    heard = heard_of([(row.record, row.service_id) for row in rows])
    return [Tracked(row, row.put_off, heard[row.record_id], today) for row in rows]


def unreached_services(authority_id: UUID) -> list[str]:
    """Asked for the last time, with nobody there to read it: their names, for the desk."""
    latest = UpdateRequest.objects.filter(service=OuterRef("service")).order_by("-month").values("pk")[:1]
    asked = UpdateRequest.objects.filter(Q(pk=Subquery(latest)), service__authority=authority_id)
    reached = UpdateLink.objects.filter(request__in=asked).values("request")
    lost = asked.exclude(pk__in=reached).order_by("service__name")
    return list(lost.values_list("service__name", flat=True))
