"""Full-text search over everything public, accents ignored: the newest five hundred that match, and said so."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from democratic.kernel.spoken import Spoken
from democratic.thread.models import Authority
from democratic.thread.models.searchable import ERA
from democratic.thread.queries.clauses import Clause, fill, joined, rows_of
from democratic.thread.queries.facets import Box, counts_without_own, flags_of
from democratic.thread.queries.words import query_of

MOST_COUNTED = 500
PAGE = 15
LAST_PAGE = 20
MARK_START, MARK_STOP = "\x02", "\x03"  # never in what people said: kernel.text takes controls away


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched and ticked, where nothing ticked means all. ``processes`` are codes."""

    words: str
    kinds: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    page: int = 1

    def clauses(self) -> dict[str, Clause]:
        found: dict[str, Clause] = {}
        for name, values in (("kind", self.kinds), ("origin", self.origins), ("state", self.states)):
            if values:
                found[name] = (f"r.{name} = any(%s)", [list(values)])
        if self.processes:
            inside = "r.process_id = any(array(select id from thread_record where code = any(%s)))"
            found["process"] = (inside, [list(self.processes)])
        return found


@dataclass(frozen=True, slots=True)
class Hit:
    """One Record found. ``excerpt`` has its words between MARK_START and MARK_STOP: escape, then mark."""

    code: str
    kind: str
    state: str
    origin: str
    place: str
    byline: str
    happened_at: datetime
    title: str
    language: str
    process: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` stops at MOST_COUNTED + 1, which is to say more; boxes then count the newest MOST_COUNTED alone."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    is_capped: bool = False
    kinds: list[Box] = field(default_factory=list)
    origins: list[Box] = field(default_factory=list)
    states: list[Box] = field(default_factory=list)
    processes: list[Box] = field(default_factory=list)


NOTHING: Clause = ("", [])
# Read once: as a function of what was typed, the database would read it again for each row that it ranks.
_QUERY: Clause = ("(select query from asked)", [])
# Era by era, the newest first, until there is enough; what is filtered and counted stands beside the words. The
# index knows whose and when by one number (see RecordSearch), which two others may share: both are looked at again.
_NEWEST = """
select found.* from generate_series((select (last_value / {era})::int from thread_recordsearch_rows), 0, -1) each(era)
cross join lateral (
  select r.record_id as id, r.kind, r.origin, r.state, r.process_id, ts_rank(r.vector, {query}) as rank
  from thread_recordsearch r
  where hashtextextended(r.authority_id::text, r.era) = hashtextextended({named}, each.era)
    and r.authority_id = {authority} and r.era = each.era and r.vector @@ {query} and r.visibility = 'public'
    and r.audience_id = any(array(select id from thread_audience where authority_id = {authority} and is_public))
    and {ticked}
  order by r.record_id desc offset 0) found
limit {most}
"""
_SEARCH = """
with asked as materialized (select {words} as query),
base as materialized ({base}),
{only_ticked}
counted as (
  select jsonb_agg(jsonb_build_array(each.facet, each.kind, each.origin, each.state,
    process.code, words.title, words.language, each.everything, each.counts)
    order by each.everything desc, each.kind, each.origin, each.state, process.code) as boxes
  from (
    select grouping(kind, origin, state, process_id) as facet, kind, origin, state, process_id,
      sum(n)::bigint as everything, jsonb_build_array({counts}) as counts
    from (
      select kind, origin, state, process_id, {flags} as flags, count(*) as n
      from (select * from base limit {counted}) r group by kind, origin, state, process_id, flags
    ) r
    group by grouping sets ((kind), (origin), (state), (process_id))
  ) each
  left join thread_record process on process.id = each.process_id
  left join thread_wording words on words.id = process.wording_id
),
best as materialized (
  select id, rank from (select id, rank from {found} limit {counted}) newest
  order by rank desc, id desc limit {page} offset {offset}
)
select (select boxes from counted), (select count(*) from base), (select count(*) from {found}),
  r.code, r.kind, r.state, r.origin, r.place, r.byline, r.happened_at,
  coalesce(nullif(w.title, ''), left(w.text, 120)), w.language, coalesce(pw.title, ''), pw.language,
  ts_headline('fr', left(w.text, 3000), {query}, {marks})
from (values (1)) always
left join best on true
left join thread_record r on r.id = best.id
left join thread_wording w on w.id = r.wording_id
left join thread_record p on p.id = r.process_id
left join thread_wording pw on pw.id = p.wording_id
order by best.rank desc, r.id desc
"""
_MARKS = f"'MaxFragments=1, MaxWords=32, MinWords=14, StartSel={MARK_START}, StopSel={MARK_STOP}'"
# By the bits of grouping(kind, origin, state, process_id): 0 where the column is the one grouped by.
_FACETS = {0b0111: "kind", 0b1011: "origin", 0b1101: "state", 0b1110: "process"}


def search_records(authority: Authority, wanted: Wanted) -> Found:
    """The best of the newest MOST_COUNTED, fifteen a page, with facets; one query.

    Only what everyone may see. The words may be quoted, joined by « or », or excluded by a dash.
    """
    rows = rows_of(_statement(authority, wanted))
    boxes, base, total = rows[0][:3]
    hits = [_hit(row[3:]) for row in rows if row[3] is not None]
    return Found(hits, total, base > MOST_COUNTED, **_boxes(json.loads(boxes or "[]")))


def _statement(authority: Authority, wanted: Wanted) -> Clause:
    ticked = wanted.clauses()
    page = min(max(1, wanted.page), LAST_PAGE)
    # Numbers of ours stand in the text: the plan that the server keeps then knows how little is wanted.
    newest = partial(
        fill,
        _NEWEST,
        era=(str(ERA), []),
        authority=("%s", [authority.pk]),
        # As text, not cast: the planner takes a thousand eras for granted, and a cast in each of them for so dear
        # that it would plan the whole again each time, which costs a fifth of the search.
        named=("%s", [str(authority.pk)]),
        query=_QUERY,
        most=(str(MOST_COUNTED + 1), []),
    )
    name, only_ticked = "base", NOTHING
    if ticked:
        name = "found"
        only_ticked = fill("found as materialized ({rows}),", rows=newest(ticked=joined(ticked.values())))
    return fill(
        _SEARCH,
        words=query_of(wanted.words),
        query=_QUERY,
        base=newest(ticked=("true", [])),
        found=(name, []),
        only_ticked=only_ticked,
        counts=counts_without_own(ticked, list(_FACETS.values())),
        flags=flags_of(ticked),
        counted=(str(MOST_COUNTED), []),
        page=(str(PAGE), []),
        offset=("%s", [(page - 1) * PAGE]),
        marks=(_MARKS, []),
    )


def _hit(row: tuple[Any, ...]) -> Hit:
    *identity, title, language, process, process_language, excerpt = row
    said = (Spoken(title, language), language, Spoken(process, process_language), excerpt)
    return Hit(*(*identity, *said))


def _boxes(rows: Sequence[Sequence[Any]]) -> dict[str, list[Box]]:
    names = list(_FACETS.values())
    boxes: dict[str, list[Box]] = {name: [] for name in names}
    for which, kind, origin, state, process, title, language, everything, counts in rows:
        name = _FACETS[which]
        value = {"kind": kind, "origin": origin, "state": state, "process": process}[name]
        n = counts[names.index(name)] if len(counts) == len(names) else everything
        if value:
            boxes[name].append(Box(value, n, everything, Spoken(title, language)))
    return {
        "kinds": boxes["kind"],
        "origins": boxes["origin"],
        "states": boxes["state"],
        "processes": boxes["process"],
    }
