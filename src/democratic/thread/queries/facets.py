"""What can be ticked beside a list, and how many Records stand behind each box: one scan of one index."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from democratic.kernel.spoken import Spoken
from democratic.thread.queries.clauses import Clause, fill, listed, rows_of
from democratic.thread.queries.words import query_of

NO_THEME = "aucun"  # stands for « not grouped yet » among the codes of themes


@dataclass(frozen=True, slots=True)
class Shelf:
    """The Records of one kind in one process, as its own audience sees them."""

    process_id: UUID
    kind: str
    audience_id: UUID

    def clause(self) -> Clause:
        return (
            "r.process_id = %s and r.kind = %s and r.visibility = 'public' and r.audience_id = %s",
            [self.process_id, self.kind, self.audience_id],
        )


_SAYS = "r.id in (select record_id from thread_recordsearch where vector @@ {query})"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is ticked in each facet, where nothing means all; ``themes`` are codes. ``words``: full text."""

    states: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    words: str = ""

    def clauses(self) -> dict[str, Clause]:
        """One for each facet that has something ticked, by name; and one for the words."""
        found: dict[str, Clause] = {}
        for name, column, ticked in (
            ("state", "r.state", self.states),
            ("origin", "r.origin", self.origins),
            ("place", "r.place", self.places),
        ):
            if ticked:
                found[name] = (f"{column} = any(%s)", [list(ticked)])
        if self.themes:
            found["theme"] = _in_themes(self.themes)
        if self.words:
            found["words"] = fill(_SAYS, query=query_of(self.words))
        return found


def _in_themes(codes: Sequence[str]) -> Clause:
    known = "r.theme_id = any(array(select id from thread_record where code = any(%s)))"
    codes_only = [code for code in codes if code != NO_THEME]
    if NO_THEME not in codes:
        return known, [codes_only]
    return f"(r.theme_id is null or {known})", [codes_only]


@dataclass(frozen=True, slots=True)
class Box:
    """A value that can be ticked. ``n``: how many there are under the other facets; ``everything``: in all."""

    value: str
    n: int
    everything: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Facets:
    """``matching``: under everything ticked; ``everything``: whatever is ticked. The most numerous first."""

    everything: int = 0
    matching: int = 0
    states: list[Box] = field(default_factory=list)
    origins: list[Box] = field(default_factory=list)
    places: list[Box] = field(default_factory=list)
    themes: list[Box] = field(default_factory=list)


# By the bits of grouping(state, origin, place, theme_id): 0 where the column is the one grouped by.
_FACETS = {0b0111: "state", 0b1011: "origin", 0b1101: "place", 0b1110: "theme"}
_EVERYTHING = 0b1111

_COUNT = """
select counted.*, theme.code, coalesce(words.title, ''), coalesce(words.language, '')
from (
  select grouping(r.state, r.origin, r.place, r.theme_id) as facet, r.state, r.origin, r.place, r.theme_id,
    coalesce(sum(n), 0)::bigint as everything, {counts}
  from (
    select r.state, r.origin, r.place, r.theme_id, {flags} as flags, count(*) as n
    from thread_record r where {shelf} group by r.state, r.origin, r.place, r.theme_id, flags
  ) r
  group by grouping sets ((r.state), (r.origin), (r.place), (r.theme_id), ())
) counted
left join thread_record theme on theme.id = counted.theme_id
left join thread_wording words on words.id = theme.wording_id
order by everything desc, counted.state, counted.origin, counted.place, theme.code
"""


# Each value as the triggers on Record count it (see ShelfCount): a few rows, whatever the length of the list.
_COUNTED = """
select counted.facet, counted.value, counted.n, theme.code, coalesce(words.title, ''), coalesce(words.language, '')
from (
  select facet, value, sum(n)::bigint as n from thread_shelfcount
  where process_id = %s and kind = %s and audience_id = %s group by facet, value having sum(n) > 0
) counted
left join thread_record theme on theme.id = case when counted.facet = 'theme' then nullif(counted.value, '')::uuid end
left join thread_wording words on words.id = theme.wording_id
order by counted.n desc, counted.value, theme.code
"""


def flags_of(clauses: Mapping[str, Clause]) -> Clause:
    """Under which of them a row is, a bit for each: rows that are alike are gathered before facets count them."""
    bits = [
        (f"case when {sql} then {1 << at} else 0 end", values)
        for at, (sql, values) in enumerate(clauses.values())
    ]
    return " | ".join(sql for sql, _values in bits) or "0", [value for _sql, given in bits for value in given]


def counts_without_own(names: Collection[str], facets: Sequence[str]) -> Clause:
    """One count of ``n`` for each of these facets, by the ``flags`` of the others; none when nothing is ticked."""
    if not names:
        return "null", []
    others = [sum(1 << at for at, name in enumerate(names) if name != facet) for facet in facets]
    return listed(
        (f"coalesce(sum(n) filter (where flags & {bits} = {bits}), 0)::bigint", []) for bits in others
    )


def count_facets(shelf: Shelf, chosen: Chosen) -> Facets:
    """Every facet's values with their counts, each without its own filter; one query, exact."""
    clauses = chosen.clauses()
    if not clauses:
        return _counted(shelf)
    names = [*_FACETS.values(), "all"]
    counts, flags = counts_without_own(clauses, names), flags_of(clauses)
    return _read(rows_of(fill(_COUNT, counts=counts, flags=flags, shelf=shelf.clause())), names)


def _counted(shelf: Shelf) -> Facets:
    boxes: dict[str, list[Box]] = {name: [] for name in ("all", *_FACETS.values())}
    for facet, value, n, code, *title in rows_of(
        (_COUNTED, [shelf.process_id, shelf.kind, shelf.audience_id])
    ):
        boxes[facet].append(Box((code or NO_THEME) if facet == "theme" else value, n, n, Spoken(*title)))
    total = sum(box.n for box in boxes["all"])
    return Facets(total, total, boxes["state"], boxes["origin"], boxes["place"], boxes["theme"])


def _read(rows: Sequence[Sequence[Any]], names: Sequence[str]) -> Facets:
    boxes: dict[str, list[Box]] = {name: [] for name in _FACETS.values()}
    everything = matching = 0
    for which, state, origin, place, _theme, total, *counts, code, title, language in rows:
        under = dict(zip(names, counts, strict=False))
        if which == _EVERYTHING:
            everything, matching = total, under.get("all", total)
            continue
        facet = _FACETS[which]
        value = {"state": state, "origin": origin, "place": place, "theme": code or NO_THEME}[facet]
        boxes[facet].append(Box(value, under.get(facet, total), total, Spoken(title, language)))
    return Facets(everything, matching, boxes["state"], boxes["origin"], boxes["place"], boxes["theme"])
