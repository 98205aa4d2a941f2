"""How many Records stand on each shelf, from the counts kept by the database: never by reading the Records."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from democratic.thread.models import Authority
from democratic.thread.queries.clauses import Clause, fill, rows_of

Shelves = Counter[tuple[UUID, str, str, str]]
"""By process, kind, facet (all, state, origin, place, theme) and value; see ``ShelfCount``."""

_OF = "select id from thread_record where authority_id = %s and kind = 'process'"
_PUBLIC = "audience_id in (select id from thread_audience where authority_id = %s and is_public)"
# A part is answered and grouped by itself, and is not one voice more than its whole: it counts by state and
# by theme alone.
_COUNT = """
select process_id, kind, facet, value, sum(n)::bigint from (
  select process_id, kind, facet, value, n from thread_shelfcount where process_id in ({processes}) and {public}
  union all
  select part.process_id, part.kind, each.facet, each.value, -1
  from (select distinct source_id from thread_link where kind = 'split_from') cut
  join thread_record part on part.id = cut.source_id
  cross join lateral (values ('all', ''), ('origin', part.origin), ('place', part.place)) each(facet, value)
  where part.visibility = 'public' and part.process_id in ({processes}) and part.{public}
) counted
group by process_id, kind, facet, value having sum(n) > 0
"""


def count_shelves(authority: Authority, process_ids: Sequence[UUID] | None = None) -> Shelves:
    """What everyone may see in these processes, or in all of the authority: one query of a few rows a shelf."""
    processes: Clause = (_OF, [authority.pk])
    if process_ids is not None:
        processes = (f"{_OF} and id = any(%s)", [authority.pk, list(process_ids)])
    rows = rows_of(fill(_COUNT, processes=processes, public=(_PUBLIC, [authority.pk])))
    return Counter({(process, kind, facet, value): n for process, kind, facet, value, n in rows})


def counted_by(shelves: Shelves, kind: str, facet: str) -> Counter[str]:
    """Its values, in all the processes counted; an empty value is left out."""
    found: Counter[str] = Counter()
    for (_process, its_kind, its_facet, value), n in shelves.items():
        if (its_kind, its_facet) == (kind, facet) and value:
            found[value] += n
    return found
