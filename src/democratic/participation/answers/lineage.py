"""What a merged contribution inherits: the answer, and so the state, of the one into which it was merged.

Merges are one step deep: what is merged takes nothing in, and what takes others in is merged into nothing.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from democratic.participation.processes.models import Process
from democratic.thread.models import Link, LinkKind, Record, Visibility

_FOLLOW = """
update thread_record merged set state = target.state
from thread_link l join thread_record target on target.id = l.target_id
where l.kind = 'merged_into' and l.ended_by_id is null and merged.id = l.source_id
  and merged.process_id = %s and merged.visibility = 'public' and target.visibility = 'public'
  and merged.state <> target.state
"""


def running_merges() -> QuerySet[Link]:
    return Link.objects.filter(kind=LinkKind.MERGED_INTO, ended_by=None)


def merged_into(ids: Collection[UUID]) -> QuerySet[Record]:
    """The public contributions that were merged into these."""
    sources = running_merges().filter(target__in=ids).values("source")
    return Record.objects.filter(pk__in=sources, visibility=Visibility.PUBLIC)


def pass_to_merged(process: Process) -> None:
    """After any answer or move: what was merged stands where its target stands."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [process.pk])
