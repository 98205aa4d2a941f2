"""When each promise was last heard of, and asked about since: computed from dates, never stored."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from democratic.kernel.clock import local_day
from democratic.participation.commitments.events import ACTION_MOVED, COMMITMENT_MOVED, PROGRESS_TOLD
from democratic.participation.commitments.models import Evidence
from democratic.participation.obligations.events import OBLIGATION_POSTPONED
from democratic.participation.tracker.models import UpdateRequest
from democratic.thread.models import Entry, Record, Visibility

NEWS = (COMMITMENT_MOVED.kind, ACTION_MOVED.kind, PROGRESS_TOLD.kind, OBLIGATION_POSTPONED.kind)
MONTHS_OF_REQUESTS = 36


@dataclass(frozen=True, slots=True)
class Heard:
    """``last_on``: the day of the last news, None since the promise; ``unanswered``: the days it was asked since."""

    last_on: date | None
    unanswered: tuple[date, ...]


def heard_of(promises: Collection[tuple[Record, UUID]]) -> dict[UUID, Heard]:
    """Of these Records, each with the service that owes it; three queries."""
    ids = [record.pk for record, _service in promises]
    last = _last_news(ids, {record.pk: record.authority.time_zone for record, _service in promises})
    asked = _asked({service for _record, service in promises})
    return {
        record.pk: Heard(last.get(record.pk), _since(record, last.get(record.pk), asked[service]))
        for record, service in promises
    }


def _since(
    record: Record, last: date | None, asked: Iterable[tuple[date, Collection[str]]]
) -> tuple[date, ...]:
    return tuple(day for day, about in asked if record.code in about and (last is None or day > last))


def _last_news(ids: Collection[UUID], zones: dict[UUID, str]) -> dict[UUID, date]:
    told = Entry.objects.filter(record__in=ids, kind__in=NEWS).order_by().values_list("record")
    last = dict(told.annotate(last=Max("day")))
    shown = Evidence.objects.filter(subject__in=ids, record__visibility=Visibility.PUBLIC).order_by()
    for subject, at in shown.values_list("subject").annotate(last=Max("record__happened_at")):
        day = local_day(at, zones[subject])
        last[subject] = max(day, last.get(subject, day))
    return last


def _asked(services: Collection[UUID]) -> dict[UUID, list[tuple[date, Collection[str]]]]:
    """The oldest first: the day, and the codes that it was about."""
    rows = UpdateRequest.objects.filter(service__in=services).order_by("-month")
    kept = rows.values_list("service", "asked_on", "entry__data")[
        : MONTHS_OF_REQUESTS * max(1, len(services))
    ]
    asked: dict[UUID, list[tuple[date, Collection[str]]]] = defaultdict(list)
    for service, day, data in kept:
        asked[service].insert(0, (day, data.get("about", ())))
    return asked
