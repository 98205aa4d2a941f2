"""What follows from what: a walk over Links, either way, in one query that can't grow without end."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from democratic.thread.models import Authority, LinkKind

DEEPEST = 10
MOST_FROM_ONE = 60
MOST_STEPS = 400


@dataclass(frozen=True, slots=True)
class Step:
    """One running Link on the way: read source → target, whichever way it was walked."""

    depth: int
    source_id: UUID
    kind: str
    target_id: UUID
    day: date


# Only what everyone may see: what is hidden ends the walk, so that nothing is told about what lies behind it.
# Each Record gives at most so many Links, and the outer limit stops the recursion, which runs breadth first.
_WALK = """
with recursive walked (depth, source_id, kind, target_id, entry_id, reached) as (
  select 0, null::uuid, null::varchar, null::uuid, null::uuid, start from unnest(%(starts)s::uuid[]) start
  union
  select walked.depth + 1, next.source_id, next.kind, next.target_id, next.entry_id, next.reached
  from walked cross join lateral (
    (select l.id, l.source_id, l.kind, l.target_id, l.entry_id, l.target_id as reached
     from thread_link l join thread_record r on r.id = l.target_id
     join thread_audience a on a.id = r.audience_id and a.is_public
     where l.source_id = walked.reached and l.ended_by_id is null and l.kind = any(%(onward)s)
       and r.visibility = 'public' and r.authority_id = %(authority)s
     order by l.id limit %(most_from_one)s)
    union all
    (select l.id, l.source_id, l.kind, l.target_id, l.entry_id, l.source_id as reached
     from thread_link l join thread_record r on r.id = l.source_id
     join thread_audience a on a.id = r.audience_id and a.is_public
     where l.target_id = walked.reached and l.ended_by_id is null and l.kind = any(%(back)s)
       and r.visibility = 'public' and r.authority_id = %(authority)s
     order by l.id limit %(most_from_one)s)
  ) next
  where walked.depth < %(deepest)s
)
select w.depth, w.source_id, w.kind, w.target_id, e.day
from (select * from walked where depth > 0 limit %(most_steps)s) w
join thread_entry e on e.id = w.entry_id
order by w.depth, w.entry_id, w.source_id, w.target_id
"""


def walk(
    starts: Iterable[UUID],
    *,
    authority: Authority,
    onward: Collection[LinkKind] = (),
    back: Collection[LinkKind] = (),
    deepest: int = DEEPEST,
    most_from_one: int = MOST_FROM_ONE,
) -> list[Step]:
    """The Links reached from these Records, nearest first: along ``onward`` kinds, and against ``back`` ones.

    The same Link may be met at several depths. A Record gives at most ``most_from_one`` Links each way, the
    first ones made; at most ``MOST_STEPS`` are returned.
    """
    asked: dict[str, Any] = {
        "starts": list(starts),
        "authority": authority.pk,
        "onward": [kind.value for kind in onward],
        "back": [kind.value for kind in back],
        "deepest": deepest,
        "most_from_one": most_from_one,
        "most_steps": MOST_STEPS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WALK, asked)
        return [Step(*row) for row in cursor.fetchall()]
