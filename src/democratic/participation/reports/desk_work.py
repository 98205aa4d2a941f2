"""Where each process stands, and what it still asks of the desk: one query for all of an authority's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from democratic.kernel.spoken import Spoken
from democratic.participation.processes.tool import Act
from democratic.thread.models import Authority, Origin
from democratic.thread.queries.clauses import rows_of

# Who says it there is in front of a screen of her own.
ON_THE_WEB = (Origin.WEB, Origin.IMPORT, Origin.API)

# Voices come from the counts of shelves, less the parts of what was split. What was said lately, and what is
# in no theme, are read from an index that holds nothing else.
_WORK = """
with shelf as (
  select process_id, sum(n) filter (where facet = 'all') as voices,
    sum(n) filter (where facet = 'origin' and value <> all(%(screens)s)) as outside,
    sum(n) filter (where facet = 'state' and value = 'received') as unanswered
  from thread_shelfcount
  where kind = 'idea' and process_id in (select record_id from participation_process where authority_id = %(authority)s)
  group by process_id),
part as (
  select r.process_id, count(*) as voices, count(*) filter (where r.origin <> all(%(screens)s)) as outside,
    count(*) filter (where r.happened_at >= %(since)s) as lately
  from (select distinct source_id from thread_link where kind = 'split_from') cut
  join thread_record r on r.id = cut.source_id
  where r.authority_id = %(authority)s and r.visibility = 'public' group by r.process_id),
sent as (
  select f.process_id, count(*) filter (where x.medium = 'photo') as photos,
    count(*) filter (where x.medium = 'voice') as voices, min(x.sent_at) as since,
    (array_agg(f.id order by x.sent_at, x.id))[1] as flow
  from participation_flowfile x
  join participation_flowanswer a on a.id = x.answer_id
  join participation_flowrun c on c.id = a.run_id
  join participation_flowrevision v on v.id = c.revision_id
  join participation_flow f on f.id = v.flow_id
  where x.state = 'kept'
    and f.process_id in (select record_id from participation_process where authority_id = %(authority)s)
  group by f.process_id)
select p.slug, w.title, w.language, sent.flow, sent.photos, sent.voices, sent.since,
  coalesce(here.step, ''), here.closes_at, ahead.opens_at,
  exists (select from participation_stage s
    where s.process_id = p.record_id and s.step = 'report' and s.done_on is not null) as is_over,
  coalesce(shelf.voices, 0) - coalesce(part.voices, 0), coalesce(shelf.outside, 0) - coalesce(part.outside, 0),
  coalesce(shelf.unanswered, 0),
  (select count(*) from thread_record i where i.process_id = p.record_id and i.kind = 'idea'
    and i.visibility = 'public' and i.happened_at >= %(since)s) - coalesce(part.lately, 0),
  case when exists (select from participation_stage s where s.process_id = p.record_id
      and s.allows @> %(group)s::jsonb and s.opens_at <= %(now)s)
    then (select count(*) from thread_record i where i.process_id = p.record_id and i.kind = 'idea'
      and i.visibility = 'public' and i.theme_id is null and i.state = 'received') else 0 end,
  (select count(*) from thread_record t where t.process_id = p.record_id and t.kind = 'theme'
    and t.visibility = 'public' and not exists (select from participation_answer a
      where a.subject_id = t.id and (a.is_current or a.signed_at is null)))
from participation_process p
join thread_record r on r.id = p.record_id
join thread_wording w on w.id = r.wording_id
left join lateral (select step, closes_at from participation_stage s where s.process_id = p.record_id
  and s.done_on is null and s.opens_at <= %(now)s and s.closes_at > %(now)s order by rank limit 1) here on true
left join lateral (select opens_at from participation_stage s where s.process_id = p.record_id
  and s.done_on is null and s.opens_at > %(now)s order by rank limit 1) ahead on true
left join shelf on shelf.process_id = p.record_id
left join part on part.process_id = p.record_id
left join sent on sent.process_id = p.record_id
where p.authority_id = %(authority)s
order by is_over, r.happened_at desc, r.id desc
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """What people sent in conversations and nobody looked at or heard yet, since the oldest; in which flow that one is."""

    flow: UUID
    photos: int
    voices: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Work:
    """``step``: of the stage that is open, until ``closes_at``; empty when none is. ``outside``: of all voices,
    those that were not said on a screen; ``lately``: those since the moment that was asked for.
    """

    slug: str
    title: str
    step: str
    closes_at: datetime | None
    opens_at: datetime | None
    is_over: bool
    sent: Sent | None
    voices: int
    outside: int
    unanswered: int
    lately: int
    ungrouped: int
    themes_to_answer: int

    @property
    def waits(self) -> bool:
        return not self.is_over and bool(self.ungrouped or self.themes_to_answer)


def work_of(authority: Authority, now: datetime, *, since: datetime) -> list[Work]:
    """Every process, those whose report is given last, the newest first. Nothing is to group before its stage opens."""
    names = {
        "authority": authority.pk,
        "now": now,
        "since": since,
        "screens": [str(origin) for origin in ON_THE_WEB],
        "group": f'["{Act.GROUP.value}"]',
    }
    return [_work(row) for row in rows_of((_WORK, names))]


def _work(row: tuple[Any, ...]) -> Work:
    slug, title, language, flow, photos, voices, since, *rest = row
    step, closes_at, opens_at, is_over, *counts = rest
    sent = Sent(flow, photos, voices, since) if flow else None
    said = Spoken(title, language)
    return Work(slug, said, step, closes_at, opens_at, is_over, sent, *map(int, counts))


@dataclass(frozen=True, slots=True)
class Voices:
    """``since``: said since a moment; ``outside``: how many of all were not said on a screen."""

    all: int
    since: int
    outside: int
    unanswered: int

    @property
    def outside_share(self) -> int:
        """In whole percent, rounded down."""
        return self.outside * 100 // self.all if self.all else 0


def voices_in(work: Sequence[Work]) -> Voices:
    return Voices(
        sum(each.voices for each in work),
        sum(each.lately for each in work),
        sum(each.outside for each in work),
        sum(each.unanswered for each in work),
    )
