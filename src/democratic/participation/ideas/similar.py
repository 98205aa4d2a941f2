"""What looks like a text among what was already said in a process: found by its words, ranked by their likeness.

Candidates come from the index of words, by probes that are each bounded: a word, two that follow each other, all
of them. A rare probe says more than a common one. Likeness is then counted on stems, without the commonest words.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from rapidfuzz import fuzz

from democratic.kernel.spoken import Spoken
from democratic.participation.processes.models import Process
from democratic.thread.queries.clauses import rows_of

# Chosen on real contributions: see docs/benchmarks.md.
LEAST_ALIKE = 75.0
FEWEST_SHARED = 4  # two short texts on « le bus de nuit » do not say the same thing yet
MOST_LONGER = 3  # times: a short sentence is always somewhere in a long text
FEW = 5
_LONGEST_READ = 2000

_CANDIDATES = r"""
with stems as (
  select lexeme, positions[1] as at, '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''' as quoted
  from unnest(to_tsvector('fr', %(text)s))
), chosen as (
  select quoted, lead(quoted) over (order by at) as next
  from (select * from stems order by length(lexeme) desc, lexeme limit %(words)s) longest
), probes as (
  select quoted::tsquery as probe from chosen
  union select (quoted || ' & ' || next)::tsquery from chosen where next is not null
  union select string_agg(quoted, ' & ')::tsquery from chosen having count(*) > 2
), found as (
  select each.id, count(*) over (partition by probe) as n
  from probes cross join lateral (
    select shown.id
    from (select record_id from thread_recordsearch where vector @@ probe limit %(looked_at)s) hit
    cross join lateral (
      select r.id from thread_record r
      where r.id = hit.record_id and r.process_id = %(process)s and r.authority_id = %(authority)s
        and r.kind = 'idea' and r.visibility = 'public' and r.state not in ('split', 'rejoined')
        and r.id <> all(%(but)s) and {only}
      offset 0) shown
    limit %(taken)s) each
), best as (
  select id, sum(1.0 / n) as score from found group by id order by score desc, id limit %(candidates)s
)
select (select array_agg(lexeme) from stems), tsvector_to_array(s.vector), r.id, r.code, r.state, r.origin,
  r.happened_at, coalesce(nullif(w.title, ''), left(w.text, 120)), w.language, coalesce(f.supports, 0),
  f.verified
from best join thread_record r on r.id = best.id
join thread_audience a on a.id = r.audience_id and a.is_public
join thread_recordsearch s on s.record_id = r.id
join thread_wording w on w.id = r.wording_id
left join thread_recordfigures f on f.record_id = r.id
"""
_NOT_MERGED = """not exists (
  select from thread_link l where l.source_id = r.id and l.kind = 'merged_into' and l.ended_by_id is null)"""
_ALIKE = _CANDIDATES.format(only=_NOT_MERGED)
# What was merged since was said all the same.
_ALIKE_BEFORE = _CANDIDATES.format(only="r.origin = any(%(origins)s) and r.happened_at < %(before)s")
_BOUNDS = {"words": 6, "looked_at": 1000, "taken": 100, "candidates": 60}


@dataclass(frozen=True, slots=True)
class Similar:
    """An idea that says almost the same thing; ``alike`` from 0 to 100, found automatically."""

    id: UUID
    code: str
    state: str
    origin: str
    happened_at: datetime
    title: str
    language: str
    supports: int
    verified: int | None
    alike: float


def similar_to(process: Process, text: str, limit: int = FEW, *, but: Collection[UUID] = ()) -> list[Similar]:
    """The public ideas of this process that are most like a text, the most alike first; one query.

    ``but``: those that need not be found, such as the very idea that the text comes from.
    """
    return _found(_ALIKE, process, text, but=list(but))[:limit]


def said_before(
    process: Process, text: str, *, origins: Collection[str], before: datetime, but: Collection[UUID] = ()
) -> Similar | None:
    """The public idea most like a text among those said before a moment, in one of these ways; one query.

    Of two as alike, the first said. None too when likenesses are switched off.
    """
    found = _found(_ALIKE_BEFORE, process, text, but=list(but), origins=list(origins), before=before)
    return min(found, key=lambda each: (-each.alike, each.happened_at, each.code), default=None)


def _found(statement: str, process: Process, text: str, **more: object) -> list[Similar]:
    if not settings.SIMILAR_IDEAS or not text.strip():
        return []
    given = {
        **_BOUNDS,
        "text": text[:_LONGEST_READ],
        "process": process.pk,
        "authority": process.authority_id,
        **more,
    }
    found = [similar for row in rows_of((statement, given)) if (similar := _similar(row))]
    return sorted(found, key=lambda similar: (-similar.alike, -similar.supports, similar.code))


_STEMS = """
select s.record_id, tsvector_to_array(s.vector) from thread_recordsearch s
where s.record_id = any(%s)
"""


def alike_among(ids: Sequence[UUID]) -> list[list[UUID]]:
    """Those of a short list that say almost the same thing, group by group, in its order; one query."""
    if not settings.SIMILAR_IDEAS or not ids:
        return []
    found = rows_of((_STEMS, [list(ids)]))
    stems = {record_id: set(words) for record_id, words in found}
    left, groups = [pk for pk in ids if pk in stems], []
    while left:
        first, *others = left
        near = [pk for pk in others if likeness(stems[first], stems[pk]) >= LEAST_ALIKE]
        if near:
            groups.append([first, *near])
        left = [pk for pk in others if pk not in near]
    return groups


def _similar(row: tuple[Any, ...]) -> Similar | None:
    stems, others, *identity, title, language, supports, verified = row
    alike = likeness(set(stems), set(others))
    if alike < LEAST_ALIKE:
        return None
    return Similar(*(*identity, Spoken(title, language), language, supports, verified, alike))


def likeness(stems: set[str], others: set[str]) -> float:
    """From 0 to 100: whether one says what the other says, whatever it adds; 0 when there is too little to tell."""
    short, long = sorted((len(stems), len(others)))
    is_too_little = len(stems & others) < FEWEST_SHARED or long > short * MOST_LONGER
    if is_too_little and stems != others:
        return 0.0
    return fuzz.token_set_ratio(" ".join(sorted(stems)), " ".join(sorted(others)))
