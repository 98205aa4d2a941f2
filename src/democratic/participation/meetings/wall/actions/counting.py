"""How many want to know: counted when someone taps or something is merged, and kept beside each question.

As the journal counts: once a person, whichever of her names she used, with the voices of what was merged.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

from democratic.people.models import Person
from democratic.thread.models import Kind, Support

# What stands for another is counted with it. In one order, so that two who count never wait for each other in a ring.
_HOLD = """
select record_id from participation_wallquestion
where record_id in (
  select unnest(%(ids)s::uuid[]) union select target_id from thread_link
  where source_id = any(%(ids)s) and kind = 'merged_into' and ended_by_id is null)
order by record_id for no key update
"""
_COUNT = """
with told as materialized (
  select id, id as said from unnest(%(ids)s::uuid[]) id
  union all
  select l.target_id, l.source_id from thread_link l join thread_record r on r.id = l.source_id
  where l.target_id = any(%(ids)s) and l.kind = 'merged_into' and l.ended_by_id is null and r.visibility = 'public'
), counted as (
  select told.id, count(distinct who) as supports, count(distinct told.said) - 1 as merged
  from told left join lateral (
    select coalesce(p.root_id, p.id) as who from thread_support s join people_person p on p.id = s.person_id
    where s.record_id = told.said) voices on true
  group by told.id
)
update participation_wallquestion q set supports = counted.supports, merged = counted.merged
from counted where q.record_id = counted.id
"""


@transaction.atomic
def count_voices(questions: Iterable[UUID]) -> None:
    """Of these and of those that stand for them. Their rows first: a later statement sees all that was tapped before."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, {"ids": list(questions)})
        held = [record for (record,) in cursor.fetchall()]
        if held:
            cursor.execute(_COUNT, {"ids": held})


def count_voices_of(person: Person) -> None:
    """Who she is known as changed: what she supported under two names has one voice less."""
    hers = Support.objects.filter(person=person, record__kind=Kind.WALL_QUESTION)
    count_voices(hers.values_list("record", flat=True))
