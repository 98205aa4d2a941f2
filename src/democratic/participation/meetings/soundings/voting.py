"""Voices given: a whole batch in one statement, judged and written row by row inside the database.

A meeting votes all at once. The entry that serves live screens gathers what came in a few milliseconds and calls
``LOCK`` then ``GIVE`` in one transaction, on a connection of its own; a form that is posted is a batch of one.

``LOCK`` is a statement apart, because a statement sees what was there when it began: a voice that waited for a closing must
see it. What is refused is told by its name and never stops the others; of a person's several voices the last one
that is right is kept, whichever of her names gave it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from civics.soundings.voices import Asked, Kind, VoiceRefused, read_voice
from democratic.kernel.clock import Clock
from democratic.kernel.ids import uuid7
from democratic.kernel.text import clean_line
from democratic.participation.meetings.soundings.locks import SEED
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.soundings.rules import fault_of, refusal_of
from democratic.people.models import Person

Given = Sequence[int] | Sequence[str]

LOCK = f"""
select pg_advisory_xact_lock_shared(hashtextextended(asked.id::text, {SEED}))
from (select distinct id from unnest(%(soundings)s::uuid[]) as id order by id) asked
"""  # noqa: S608 -- a constant of ours

# ``now`` null: the database's. While a vote is open, who is here « en différé » is at a distance like any other.
# ``offset 0``: each name is looked up alone, by its unique index. Of a meeting that has just begun the planner knows no
# number: it read all five thousand who came again for each voter (1.4 s for 500 voices).
GIVE = """
with batch as materialized (
  select b.n, b.id, b.sounding_id, b.given::jsonb as given, coalesce(p.root_id, p.id) as holder_id,
    array(select f.id from people_person f where f.root_id = coalesce(p.root_id, p.id))
      || coalesce(p.root_id, p.id) as family
  from unnest(%(ids)s::uuid[], %(soundings)s::uuid[], %(persons)s::uuid[], %(given)s::text[])
    with ordinality as b(id, sounding_id, person_id, given, n)
  left join people_person p on p.id = b.person_id and p.erased_on is null
), at as (
  select coalesce(%(now)s::timestamptz, clock_timestamp()) as now
), asked as materialized (
  select s.record_id as id, s.meeting_id, s.kind, s.opened_at is null as is_ahead, s.closed_at is not null as is_later,
    s.closed_at is null or (not s.is_final and s.later_until > at.now) as is_open,
    r.visibility = 'public' and not exists (select from thread_withdrawal w where w.record_id = r.id) as is_shown,
    case s.kind when 'scale' then s.most when 'consent' then 3
      else (select count(*) from participation_soundingoption o where o.sounding_id = s.record_id) end as top,
    case when s.kind in ('single', 'scale', 'consent') then 1 else s.most end as holds,
    case when s.is_binding then m.body_id end as decides_for
  from participation_sounding s join thread_record r on r.id = s.record_id
  join participation_meeting m on m.record_id = s.meeting_id cross join at
  where s.record_id = any(%(soundings)s::uuid[])
), judged as materialized (
  select b.*, a.meeting_id,
    case when a.is_later then 'later' when here.seat = 'later' then 'remote' else here.seat end as seat,
    case
      when a.id is null or not a.is_shown then 'unknown'
      when a.is_ahead then 'ahead'
      when not a.is_open then 'closed'
      when not said.is_right then 'not_proposed'
      when here.seat is null then 'not_here'
      when a.decides_for is not null and not exists (
        select from communities_membership c
        where c.organisation_id = a.decides_for and c.person_id = any(b.family) and c.until is null
      ) then 'not_member'
      when a.is_later and exists (
        select from participation_soundingvoice v
        where v.sounding_id = b.sounding_id and v.person_id = any(b.family) and v.seat <> 'later'
      ) then 'counted'
      else ''
    end as refusal
  from batch b
  left join asked a on a.id = b.sounding_id
  left join lateral (
    select t.seat from unnest(b.family) as name(id) cross join lateral (
      select seat, joined_at, id from participation_attendance
      where meeting_id = a.meeting_id and person_id = name.id offset 0
    ) t order by t.joined_at desc, t.id desc limit 1
  ) here on true
  left join lateral (
    select case
      when jsonb_typeof(b.given) <> 'array' then false
      when jsonb_array_length(b.given) not between 1 and a.holds then false
      else (
        select count(distinct each) = count(*) and bool_and(case
          when a.kind = 'words' then jsonb_typeof(each) = 'string' and length(each #>> '{}') between 1 and 40
          when jsonb_typeof(each) <> 'number' or (each #>> '{}') !~ '^[1-9][0-9]?$' then false
          else (each #>> '{}')::int <= a.top
        end) from jsonb_array_elements(b.given) each
      )
    end as is_right
  ) said on true
), kept as materialized (
  select distinct on (sounding_id, holder_id) * from judged where refusal = '' order by sounding_id, holder_id, n desc
), gone as (
  delete from participation_soundingvoice where id in (
    select v.id from kept k cross join lateral unnest(k.family) as other(id) cross join lateral (
      select id from participation_soundingvoice
      where sounding_id = k.sounding_id and person_id = other.id offset 0
    ) v where cardinality(k.family) > 1 and other.id <> k.holder_id
  )
), written as (
  insert into participation_soundingvoice (id, sounding_id, person_id, seat, given, given_at)
  select id, sounding_id, holder_id, seat, given, (select now from at) from kept order by sounding_id, holder_id
  on conflict (sounding_id, person_id) do update
  set seat = excluded.seat, given = excluded.given, given_at = excluded.given_at
), touched as (
  insert into participation_livetouch (meeting_id, topic) select distinct meeting_id, 'sounding' from kept
)
select refusal from judged order by n
"""


@dataclass(frozen=True, slots=True)
class GivenVoice:
    """``given``: as ``civics.soundings.voices`` reads it."""

    sounding_id: UUID
    person_id: UUID
    given: Given


@dataclass(frozen=True, slots=True)
class Outcome:
    """``refusal``: empty when the voice is kept, else a name that ``rules.refusal_of`` puts in words."""

    refusal: str = ""

    @property
    def is_kept(self) -> bool:
        return not self.refusal


def columns(batch: Sequence[GivenVoice]) -> dict[str, list[UUID] | list[str]]:
    """What ``LOCK`` and ``GIVE`` take, but ``now``."""
    return {
        "ids": [uuid7() for _each in batch],
        "soundings": [each.sounding_id for each in batch],
        "persons": [each.person_id for each in batch],
        "given": [json.dumps(list(each.given)) for each in batch],
    }


@transaction.atomic
def give_voices(batch: Sequence[GivenVoice], *, clock: Clock) -> list[Outcome]:
    """One outcome a voice, in their order. Three questions to the database, however many voices."""
    if not batch:
        return []
    given = columns(batch)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, given)
        cursor.execute(GIVE, {**given, "now": clock.now()})
        return [Outcome(refusal) for (refusal,) in cursor.fetchall()]


def give_voice(*, sounding: Sounding, given: Given, person: Person, clock: Clock) -> None:
    """A batch of one, told in words. ``sounding`` with its options. Raises Refusal."""
    try:
        voice = read_voice(asked(sounding), _cleaned(given))
    except VoiceRefused as fault:
        raise fault_of(fault.key) from fault
    [outcome] = give_voices([GivenVoice(sounding.pk, person.pk, voice)], clock=clock)
    if not outcome.is_kept:
        raise refusal_of(outcome.refusal)


def asked(sounding: Sounding) -> Asked:
    return Asked(Kind(sounding.kind), options=len(sounding.options.all()), most=sounding.most)


def _cleaned(given: Given) -> list[int] | list[str]:
    return [clean_line(each) if isinstance(each, str) else each for each in given]  # type: ignore[return-value]
