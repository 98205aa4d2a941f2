"""Counts of shelves summed: many rows of +1 become one a value, so that lists stay cheap however busy the hour."""

from django.db import connection, transaction

ROUND = 20  # shelves
WORTH_SUMMING = 200  # rows not yet summed, on one shelf

_DUE = """
select process_id, kind, audience_id from thread_shelfcount where not is_sum
group by process_id, kind, audience_id having count(*) > %s limit %s
"""

# One statement: who reads meanwhile sees the rows before, or their sums after, never both nor neither.
_SUM = """
with rows as (
  delete from thread_shelfcount where process_id = %s and kind = %s and audience_id = %s
  returning process_id, kind, audience_id, facet, value, n)
insert into thread_shelfcount (process_id, kind, audience_id, facet, value, n, is_sum)
select process_id, kind, audience_id, facet, value, sum(n), true from rows
group by process_id, kind, audience_id, facet, value having sum(n) <> 0
"""


def sum_shelves() -> int:
    """Sum the shelves that have grown; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [WORTH_SUMMING, ROUND])
        due = cursor.fetchall()
        for shelf in due:
            with transaction.atomic():
                cursor.execute(_SUM, shelf)
    return len(due)


_WRONG = """
with counted as (
  select r.process_id, r.kind, r.audience_id, each.facet, each.value, count(*) as n
  from thread_record r, lateral (values ('all', ''), ('state', r.state), ('origin', r.origin), ('place', r.place),
    ('theme', coalesce(r.theme_id::text, ''))) each(facet, value)
  where r.process_id is not null and r.visibility = 'public' and r.kind <> 'comment'
  group by 1, 2, 3, 4, 5),
kept as (
  select process_id, kind, audience_id, facet, value, sum(n) as n from thread_shelfcount group by 1, 2, 3, 4, 5),
wrong as (
  select process_id, kind, audience_id, facet, value, coalesce(counted.n, 0) - coalesce(kept.n, 0) as missing
  from counted full join kept using (process_id, kind, audience_id, facet, value)
  where coalesce(counted.n, 0) <> coalesce(kept.n, 0)),
mended as (
  insert into thread_shelfcount (process_id, kind, audience_id, facet, value, n, is_sum)
  select process_id, kind, audience_id, facet, value, missing, false from wrong)
select count(*) from wrong
"""


@transaction.atomic
def recount_shelves() -> int:
    """Count every shelf anew and mend what was wrong; how many counts were. Writers wait meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("lock table thread_record in share mode")
        cursor.execute(_WRONG)
        wrong: int = cursor.fetchone()[0]
    return wrong
