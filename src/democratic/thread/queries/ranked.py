"""A page of a shelf in one of its orders, by keyset: as cheap far down the list as at its top."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from democratic.kernel.spoken import Spoken
from democratic.thread.queries.clauses import Clause, fill, joined, rows_of
from democratic.thread.queries.facets import Chosen, Shelf
from democratic.thread.queries.ranking import (
    Cursor,
    Ranking,
    cursor_of_draw,
    cursor_of_moment,
    cursor_of_voices,
)

PAGE = 15


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of a Record. ``verified``: see RecordFigures; no order looks at it. ``imported``: votes that
    came without voters, never added to supports.
    """

    id: UUID
    code: str
    state: str
    origin: str
    place: str
    happened_at: datetime
    title: str
    language: str
    supports: int
    verified: int | None
    imported: int


@dataclass(frozen=True, slots=True)
class RankedPage:
    """``first``: the rank of the first row, from 1. Cursors are empty where there is nothing more."""

    rows: tuple[Row, ...] = ()
    first: int = 0
    previous: str = ""
    next: str = ""

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


# The index of supports is read in its order. A Record that the figures have not read yet has none, so it
# comes beside them with no voice: a sequencer that stands still hides nobody's words. Their positions are said
# between two bounds, and their Records looked up one by one: the planner expects thousands where there are none
# or a few, and would read a third of the journal, or every idea's place in an index.
_BY_VOICES = """
(select f.record_id as id, f.supports as rank from thread_recordfigures f {looked_up}
 where f.process_id = {process} and f.kind = {kind} and {shown} and {beyond_figures}
 order by f.supports {way}, f.record_id {way} limit {size})
union all
(select r.id, 0 from (
   select e.record_id from thread_pendingentry p join thread_entry e on e.id = p.entry_id
   where e.process_id = {process}
   union
   select e.record_id from thread_position p join thread_entry e on e.id = p.entry_id
   where p.position between coalesce((select position from thread_cursor where name = 'figures'), 0)
     and (select max(position) from thread_position) and e.process_id = {process}) unread
 cross join lateral (select * from thread_record each where each.id = unread.record_id offset 0) r
 where not exists (select from thread_recordfigures f where f.record_id = r.id)
 and {shown} and {beyond})
order by 2 {way}, 1 {way} limit {size}
"""
# Nothing is chosen: nearly every Record is shown, so each is looked up in the order of the supports until the page is
# full. Among many authorities the planner takes « of this process, of this audience » for two rare things, expects a
# few Records, and would gather all of them first. Where a facet is chosen few may be shown: it decides by itself.
_ONE_BY_ONE: Clause = (
    "cross join lateral (select * from thread_record each where each.id = f.record_id offset 0) r",
    [],
)
_AS_IT_WILL: Clause = ("join thread_record r on r.id = f.record_id", [])
_BY_MOMENT = """
select r.id, r.happened_at as rank from thread_record r where {shown} and {beyond}
order by r.happened_at {way}, r.id {way} limit {size}
"""
_BY_DRAW = """
select r.id, md5({day} || ' ' || r.code) as rank from thread_record r where {shown} and {beyond}
order by 2 {way}, 1 limit {size}
"""
_PICKED = {Ranking.VOICES: _BY_VOICES, Ranking.NEWEST: _BY_MOMENT, Ranking.RANDOM: _BY_DRAW}
_KEYS = {
    Ranking.VOICES: ("(0, r.id)", "(%s, %s)"),
    Ranking.NEWEST: ("(r.happened_at, r.id)", "(%s, %s)"),
    Ranking.RANDOM: ("md5({day} || ' ' || r.code)", "%s"),
}
_ROWS = """
with picked as materialized ({picked})
select r.id, r.code, r.state, r.origin, r.place, r.happened_at, coalesce(w.title, ''), coalesce(w.language, ''),
  coalesce(f.supports, 0), f.verified,
  coalesce((select sum(t.count) from thread_importedtally t where t.record_id = r.id), 0)
from picked join thread_record r on r.id = picked.id
left join thread_wording w on w.id = r.wording_id
left join thread_recordfigures f on f.record_id = r.id
order by picked.rank {way}, picked.id {way}
"""


def _row(row: tuple[Any, ...]) -> Row:
    *identity, title, language, supports, verified, imported = row
    return Row(*(*identity, Spoken(title, language), language, supports, verified, imported))


def page_of(
    shelf: Shelf, ranking: Ranking, chosen: Chosen, *, today: date, cursor: Cursor | None = None
) -> RankedPage:
    """Fifteen rows after the cursor, or before it when it looks back; one query."""
    day = (cursor.day if cursor else None) or today
    is_back = bool(cursor and cursor.is_back)
    rows = [_row(row) for row in rows_of(_statement(shelf, ranking, chosen, day, cursor))]
    has_more, rows = len(rows) > PAGE, rows[:PAGE]
    if is_back:
        rows.reverse()
    if not rows:
        return RankedPage()
    first = _first_rank(cursor, len(rows))
    has_previous, has_next = (has_more, True) if is_back else (first > 1, has_more)
    return RankedPage(
        tuple(rows),
        first,
        previous=_cursor(ranking, rows[0], first, day) if has_previous and first > 1 else "",
        next=_cursor(ranking, rows[-1], first + len(rows) - 1, day) if has_next else "",
    )


def _first_rank(cursor: Cursor | None, length: int) -> int:
    if cursor is None:
        return 1
    return max(1, cursor.rank - length) if cursor.is_back else cursor.rank + 1


def _cursor(ranking: Ranking, row: Row, rank: int, day: date) -> str:
    if ranking == Ranking.VOICES:
        return cursor_of_voices(rank, row.supports, row.id)
    if ranking == Ranking.NEWEST:
        return cursor_of_moment(rank, row.happened_at, row.id)
    return cursor_of_draw(rank, day, row.code)


def _statement(shelf: Shelf, ranking: Ranking, chosen: Chosen, day: date, cursor: Cursor | None) -> Clause:
    seed: Clause = ("%s", [day.isoformat()])
    is_back = bool(cursor and cursor.is_back)
    # Voices and moments run downwards, the draw upwards; looking back turns each over.
    is_down = (ranking != Ranking.RANDOM) != is_back
    way: Clause = ("desc" if is_down else "asc", [])
    sign = "<" if is_down else ">"
    row_key, given_key = _KEYS[ranking]
    beyond: Clause = ("true", [])
    beyond_figures: Clause = ("true", [])
    if cursor:
        key = fill(row_key, day=seed)
        beyond = (f"{key[0]} {sign} {given_key}", [*key[1], *cursor.key])
        beyond_figures = (f"(f.supports, f.record_id) {sign} {given_key}", list(cursor.key))
    facets = chosen.clauses()
    picked = fill(
        _PICKED[ranking],
        looked_up=_AS_IT_WILL if facets else _ONE_BY_ONE,
        process=("%s", [shelf.process_id]),
        kind=("%s", [shelf.kind]),
        shown=joined([shelf.clause(), *facets.values()]),
        beyond=beyond,
        beyond_figures=beyond_figures,
        day=seed,
        way=way,
        # A number of ours in the text: the server then keeps one plan, instead of making one for each page.
        size=(str(PAGE + 1), []),
    )
    return fill(_ROWS, picked=picked, way=way)
