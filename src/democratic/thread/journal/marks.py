"""Marks counted: one coalesced Entry per Record and minute, however many people tapped."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from civics.disclosure.counts import from_least
from democratic.people.verifications import is_anyone_verified
from democratic.thread.actions.entries import append_entry
from democratic.thread.events import SUPPORTS_COUNTED, upcast
from democratic.thread.models import Entry, MarkedRecord, Record

ROUND = 50  # the marks of these Records wait for one another's lines: few, so that no tap waits long

# A tap locks its Record's row after writing its support, and until it commits (see actions.marks): once we
# hold that row, a later question counts all that came before, and what comes after makes it stale again.
# Rows held by others are left for the next round: a long import must not stop the sequencer.
_DUE = """
select record_id from thread_markedrecord
where is_stale and (counted_at is null or counted_at < date_trunc('minute', %s::timestamptz))
order by counted_at nulls first limit %s for update skip locked
"""


def count_marks(now: datetime) -> int:
    """Supports, and the marks of the tools above us, which the settings name; how many Entries that took."""
    counters = [import_string(path) for path in settings.MARK_COUNTERS]
    return coalesce_marks(now) + sum(count(now) for count in counters)


def coalesce_marks(now: datetime) -> int:
    """Count what is stale and not yet counted in this minute; how many Entries that took."""
    written = 0
    while True:
        looked_at, entries = _count_round(now)
        written += entries
        if looked_at < ROUND:
            return written


@transaction.atomic
def _count_round(now: datetime) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [now, ROUND])
        due: list[UUID] = [record_id for (record_id,) in cursor.fetchall()]
    if not due:
        return 0, 0
    totals = _totals(due)
    last_said = _last_totals(due)
    changed = [each for each in due if totals.get(each, NOBODY) != last_said.get(each, NOBODY)]
    for record in Record.objects.filter(pk__in=changed).select_related("authority").order_by("pk"):
        append_entry(SUPPORTS_COUNTED, record=record, now=now, data=totals.get(record.pk, NOBODY))
    MarkedRecord.objects.filter(record__in=due).update(is_stale=False, counted_at=now)
    return len(due), len(changed)


Totals = dict[str, int | None]
"""As the Entry says them: total, verified."""

NOBODY: Totals = {"total": 0, "verified": None}

# Union, not sum: who supported two ideas that were merged supports one, verified once she tapped one of them so.
_TOTALS = """
select counted.id, count(*), count(*) filter (where counted.verified), bool_or(counted.verified is null)
from (
  select said.id, bool_or(s.is_verified) as verified
  from (
    select id, id as said from unnest(%(due)s::uuid[]) as id
    union select l.target_id, l.source_id from thread_link l
    join thread_record merged on merged.id = l.source_id and merged.visibility = 'public'
    where l.target_id = any(%(due)s) and l.kind = 'merged_into' and l.ended_by_id is null
  ) said
  join thread_support s on s.record_id = said.said join people_person p on p.id = s.person_id
  group by said.id, coalesce(p.root_id, p.id)
) counted
group by counted.id
"""


def _totals(records: list[UUID]) -> dict[UUID, Totals]:
    """Where one support is of before the fact was kept, or where nobody ever was verified, nothing is told apart."""
    tells_apart = is_anyone_verified()
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, {"due": records})
        return {
            record: {
                "total": total,
                "verified": from_least(verified) if tells_apart and not is_unknown else None,
            }
            for record, total, verified, is_unknown in cursor.fetchall()
        }


def _last_totals(records: list[UUID]) -> dict[UUID, Totals]:
    """A double tap, or a support taken back within the minute, changes no total and is no fact."""
    said = Entry.objects.filter(record__in=records, kind=SUPPORTS_COUNTED.kind)
    newest = said.order_by("record", "-pk").distinct("record").values_list("record", "version", "data")
    return {record: upcast(SUPPORTS_COUNTED.kind, version, data) for record, version, data in newest}
