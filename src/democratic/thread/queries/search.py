"""Full-text search over everything public, accents ignored: counted up to a thousand, and said so."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from democratic.kernel.spoken import Spoken
from democratic.thread.models import Authority
from democratic.thread.models.record import ERA
from democratic.thread.queries.clauses import Clause, fill, joined, rows_of
from democratic.thread.queries.facets import Box, counts_without_own, flags_of
from democratic.thread.queries.words import query_of

MOST_COUNTED = 1000
MOST_RANKED = 500
PAGE = 15
LAST_PAGE = 20
MARK_START, MARK_STOP = "\x02", "\x03"  # never in what people said: kernel.text takes controls away

# The ids of Records follow the time at which they were made: the newest come first without a sort column.
_LOOKED_AT = MOST_COUNTED + 200


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
    """``total`` stops at MOST_COUNTED + 1; so do the boxes, which then count the newest alone."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    is_capped: bool = False
    kinds: list[Box] = field(default_factory=list)
    origins: list[Box] = field(default_factory=list)
    states: list[Box] = field(default_factory=list)
    processes: list[Box] = field(default_factory=list)


_SHOWN = """r.authority_id = %s and r.visibility = 'public' and r.audience_id = any(array(
  select id from thread_audience where authority_id = %s and is_public))"""
# Read once: as a function of what was typed, the database would read it again for each row that it ranks.
_QUERY: Clause = ("(select query from asked)", [])
# By a list of ids, in their order: each leaf of the index is read once. A hash of every Record would cost more
# than the search itself.
_NEWEST = """
select r.id, r.kind, r.state, r.origin, r.process_id from thread_record r
where r.id = any(array(select record_id from raw)) and {shown} order by r.id desc limit {most}
"""
_EVERYWHERE = """
select r.id, r.kind, r.state, r.origin, r.process_id
from thread_recordsearch s join thread_record r on r.id = s.record_id
where s.authority_id = {authority} and s.vector @@ {query} and {shown} order by r.id desc limit {most}
"""
_SEARCH = """
with asked as materialized (select {words} as query),
raw as materialized (
  select found.record_id, found.vector
  from generate_series((select (last_value / {era})::int from thread_recordsearch_rows), 0, -1) each(era)
  cross join lateral (
    select s.record_id, s.vector from thread_recordsearch s
    where s.authority_id = {authority} and s.era = each.era and s.vector @@ {query}
    order by s.record_id desc offset 0) found
  where {uses_raw} limit {looked_at}),
base as materialized ({base}),
found as materialized ({found}),
counted as (
  select jsonb_agg(jsonb_build_array(each.facet, each.kind, each.origin, each.state,
    process.code, words.title, words.language, each.everything, each.counts)
    order by each.everything desc, each.kind, each.origin, each.state, process.code) as boxes
  from (
    select grouping(kind, origin, state, process_id) as facet, kind, origin, state, process_id,
      count(*) as everything, jsonb_build_array({counts}) as counts
    from (select r.*, {flags} from base r) r
    group by grouping sets ((kind), (origin), (state), (process_id))
  ) each
  left join thread_record process on process.id = each.process_id
  left join thread_wording words on words.id = process.wording_id
),
best as materialized (
  select id, ts_rank(s.vector, {query}) as rank
  from (select id from found order by id desc limit {ranked}) newest join {vectors} s on s.record_id = newest.id
  order by rank desc, id desc limit {page} offset {offset}
)
select (select boxes from counted), (select count(*) from raw), (select count(*) from base),
  (select count(*) from found), r.code, r.kind, r.state, r.origin, r.place, r.byline, r.happened_at,
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
    """The best of the newest MOST_RANKED, fifteen a page, with facets; one query, two for a rare mix.

    Only what everyone may see. The words may be quoted, joined by « or », or excluded by a dash.
    """
    page = min(max(1, wanted.page), LAST_PAGE)
    asked = replace(wanted, page=page)
    found, is_whole = _search(authority, asked, from_newest=True)
    return found if is_whole else _search(authority, asked, from_newest=False)[0]


def _search(authority: Authority, wanted: Wanted, *, from_newest: bool) -> tuple[Found, bool]:
    """Whether what was looked at is enough: the newest may nearly all be drafts, or of a body."""
    ticked = wanted.clauses()
    words = query_of(wanted.words)
    shown: Clause = (_SHOWN, [authority.pk, authority.pk])
    most: Clause = (str(MOST_COUNTED + 1), [])
    hers: Clause = ("%s", [authority.pk])
    everywhere = fill(_EVERYWHERE, authority=hers, query=_QUERY, shown=shown, most=most)
    under = joined([shown, *ticked.values()])
    some = fill(_EVERYWHERE, authority=hers, query=_QUERY, shown=under, most=most)
    statement = fill(
        _SEARCH,
        words=words,
        query=_QUERY,
        uses_raw=("true" if from_newest else "false", []),
        vectors=("raw" if from_newest else "thread_recordsearch", []),
        authority=hers,
        era=(str(ERA), []),
        looked_at=(str(_LOOKED_AT), []),
        base=fill(_NEWEST, shown=shown, most=most) if from_newest else everywhere,
        found=some if ticked else ("select * from base", []),
        counts=counts_without_own(ticked, list(_FACETS.values())),
        flags=flags_of(ticked),
        ranked=(str(MOST_RANKED), []),
        page=(str(PAGE), []),
        offset=("%s", [(wanted.page - 1) * PAGE]),
        marks=(_MARKS, []),
    )
    rows = rows_of(statement)
    boxes, looked_at, base, total = rows[0][:4]
    hits = [_hit(row[4:]) for row in rows if row[4] is not None]
    is_whole = looked_at < _LOOKED_AT or base > MOST_COUNTED
    return Found(hits, total, base > MOST_COUNTED, **_boxes(json.loads(boxes or "[]"))), is_whole


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
