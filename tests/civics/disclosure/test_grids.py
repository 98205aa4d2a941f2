"""No hidden count can be computed from what is published: tried against every table that could be behind it."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from civics.disclosure.grids import protect
from civics.disclosure.sums import add_known, add_up

LEAST = 3  # small, so that every table behind a published one can be tried
MOST = 7

sizes = st.tuples(st.integers(1, 3), st.integers(1, 3)).filter(lambda size: size[0] * size[1] <= 6)
tables = sizes.flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, MOST), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)
larger = st.lists(st.lists(st.integers(0, 40), min_size=5, max_size=5), min_size=1, max_size=7)


def agrees(cells, grid):
    """Whether a table, with its own totals, says all that was published, and nought nowhere that is hidden."""
    rows, columns = [sum(line) for line in cells], [sum(column) for column in zip(*cells, strict=True)]
    told = [*[n for line in grid.cells for n in line], *grid.rows, *grid.columns]
    held = [*[n for line in cells for n in line], *rows, *columns]
    fits = all((n > 0) if said is None else n == said for said, n in zip(told, held, strict=True))
    return fits and sum(rows) == grid.total


def tables_behind(grid):
    hidden = [(r, c) for r, line in enumerate(grid.cells) for c, n in enumerate(line) if n is None]
    for values in product(range(1, grid.total + 1), repeat=len(hidden)):
        cells = [list(line) for line in grid.cells]
        for (r, c), n in zip(hidden, values, strict=True):
            cells[r][c] = n
        if agrees(cells, grid):
            yield cells


def counted(cells):
    return [
        *[n for line in cells for n in line],
        *map(sum, cells),
        *[sum(column) for column in zip(*cells, strict=True)],
    ]


def told(grid):
    return [*[n for line in grid.cells for n in line], *grid.rows, *grid.columns]


@settings(max_examples=250, deadline=None)
@given(tables.filter(lambda cells: sum(map(sum, cells)) <= 14))
def test_whoever_tries_every_table_finds_two_values_for_each_hidden_count(cells):
    grid = protect(cells, LEAST)
    hidden = [at for at, n in enumerate(told(grid)) if n is None] if grid else []
    if not hidden or sum(n is None for line in grid.cells for n in line) > 5:
        return
    possible = [set() for _ in hidden]
    for table in tables_behind(grid):
        held = counted(table)
        for values, at in zip(possible, hidden, strict=True):
            values.add(held[at])
        if all(len(values) > 1 for values in possible):
            return
    assert all(len(values) > 1 for values in possible), (cells, grid, possible)


@settings(max_examples=150, deadline=None)
@given(larger)
def test_what_is_published_is_true_and_no_small_count_is(cells):
    grid = protect(cells)
    if grid is None:
        return
    assert grid.total == sum(map(sum, cells))
    for said, n in zip(told(grid), counted(cells), strict=True):
        assert said in (None, n)
        assert said is None or said == 0 or said >= 5


@given(larger)
def test_a_nought_is_always_told(cells):
    grid = protect(cells)
    if grid is not None:
        assert all(said == 0 for said, n in zip(told(grid), counted(cells), strict=True) if n == 0)


def test_a_table_without_small_counts_is_published_whole():
    grid = protect([[10, 20], [30, 0]])
    assert grid.cells == ((10, 20), (30, 0))
    assert (grid.rows, grid.columns, grid.total) == ((30, 30), (40, 20), 60)
    assert not grid.hides


def test_one_small_count_takes_others_with_it_in_its_row_and_its_column():
    grid = protect([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    hidden = {(r, c) for r, line in enumerate(grid.cells) for c, n in enumerate(line) if n is None}
    assert (0, 0) in hidden
    assert len(hidden) >= 2
    assert grid.total == 443


def test_fewer_people_than_the_least_are_told_nothing_of():
    assert protect([[1, 2]]) is None
    assert protect([[4]]) is None


def test_an_empty_table_hides_nothing():
    assert protect([]).total == 0
    assert protect([[0, 0]]).cells == ((0, 0),)


def test_places_add_up_to_nothing_more_than_each_tells():
    parts = [{"web": 10, "rue": None}, {"web": 5, "rue": 7}]
    assert add_up(parts) == {"web": 15, "rue": None}
    assert add_known(parts) == {"web": 15, "rue": 7}
    assert add_known([{"rue": None}]) == {"rue": None}
    assert add_up([]) == {}
