"""A table of counts and its totals, without the cells that could point at a few people.

A cell between 1 and ``least - 1`` is hidden. Alone, it could be found by subtracting what is shown from a
total: others are hidden with it, until none of those hidden can be computed. A zero is shown.

What can be computed is exact here: rows and columns are the nodes of a network, hidden cells its arcs, and a
cell can stand for another value if and only if a way round the network goes through it (Ford and Fulkerson).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

LEAST = 5
Place = tuple[int, int]
_Arc = tuple[Place, tuple[int, int], tuple[int, int]]  # the cell, from, to


@dataclass(frozen=True, slots=True)
class Grid:
    """None where a count is not published: of a cell, of a row's total or of a column's."""

    cells: tuple[tuple[int | None, ...], ...]
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    total: int

    @property
    def hides(self) -> bool:
        return any(n is None for line in (*self.cells, self.rows, self.columns) for n in line)


def protect(cells: Sequence[Sequence[int]], least: int = LEAST) -> Grid | None:
    """The table as it may be published; None when nothing of it may.

    Totals are counts as others are: a row or a column of a few people is hidden too. The grand total is
    published, so it must hold ``least`` people at least.
    """
    whole = _with_totals(cells)
    rows, columns = len(cells), len(cells[0]) if cells else 0
    counts = {(r, c): whole[r][c] for r in range(rows + 1) for c in range(columns + 1)}
    total = counts.pop((rows, columns))
    if 0 < total < least:
        return None
    hidden = {place for place, n in counts.items() if 0 < n < least}
    while bare := _first_computable(counts, hidden, rows, columns):
        beside = _smallest_beside(bare, counts, hidden)
        if beside is None:
            return None
        hidden.add(beside)

    def shown(r: int, c: int) -> int | None:
        return None if (r, c) in hidden else counts[r, c]

    return Grid(
        tuple(tuple(shown(r, c) for c in range(columns)) for r in range(rows)),
        tuple(shown(r, columns) for r in range(rows)),
        tuple(shown(rows, c) for c in range(columns)),
        total,
    )


def _with_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    inner = [[*line, sum(line)] for line in cells]
    return [*inner, [sum(column) for column in zip(*inner, strict=True)]] if inner else [[0]]


def _first_computable(
    counts: Mapping[Place, int], hidden: set[Place], rows: int, columns: int
) -> Place | None:
    """A hidden cell that what is shown gives away. Who looks knows that a hidden cell is not nought."""
    arcs = [_arc(place, rows, columns) for place in sorted(hidden)]
    for place, start, end in arcs:
        grows = _reaches(end, start, _steps(arcs, counts, place))
        shrinks = counts[place] > 1 and _reaches(start, end, _steps(arcs, counts, place))
        if not (grows or shrinks):
            return place
    return None


def _arc(place: Place, rows: int, columns: int) -> _Arc:
    """People flow from a row to its columns, and come back by the totals: what enters a node leaves it."""
    row, column = (0, place[0]), (1, place[1])
    is_total = (place[0] == rows) != (place[1] == columns)
    return (place, column, row) if is_total else (place, row, column)


def _steps(
    arcs: Sequence[_Arc], counts: Mapping[Place, int], but: Place
) -> Callable[[tuple[int, int]], list[tuple[int, int]]]:
    ways: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, start, end in arcs:
        if place == but:
            continue
        ways.setdefault(start, []).append(end)
        if counts[place] > 1:
            ways.setdefault(end, []).append(start)
    return lambda node: ways.get(node, [])


def _reaches(
    start: tuple[int, int], goal: tuple[int, int], steps: Callable[[tuple[int, int]], list[tuple[int, int]]]
) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for node in steps(waiting.pop()):
            if node == goal:
                return True
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return False


def _smallest_beside(bare: Place, counts: Mapping[Place, int], hidden: set[Place]) -> Place | None:
    """In its row or its column; else anywhere; a nought hides nothing."""
    left = [place for place, n in counts.items() if n and place not in hidden]
    beside = [place for place in left if place[0] == bare[0] or place[1] == bare[1]]
    return min(beside or left, key=lambda place: (counts[place], place), default=None)
