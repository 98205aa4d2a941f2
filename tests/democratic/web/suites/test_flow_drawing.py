"""The picture of the whole course: pure geometry, nothing outside the frame, nothing that is no number."""

import math
import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from democratic.web.suites.drawings.flow import TOP, WIDTH, Node, Strand, draw_flow

COLUMNS = [(4.0, "a"), (300.0, "b"), (700.0, "c")]

sizes = st.lists(st.integers(0, 5000), min_size=1, max_size=12)


def graph(first, last):
    """One order, its themes, what each gave."""
    nodes = [Node("0", 0, "x", "", sum(first))]
    nodes += [Node(f"1-{at}", 1, "y", "z", n) for at, n in enumerate(first)]
    nodes += [Node(f"2-{at}", 2, "w", "", n, "kept") for at, n in enumerate(last)]
    strands = [Strand("0", f"1-{at}", n) for at, n in enumerate(first)]
    strands += [Strand(f"1-{at % len(first)}", f"2-{at}", n, "late") for at, n in enumerate(last)]
    return nodes, strands


def numbers(picture):
    for path in picture.paths:
        yield from map(float, re.findall(r"-?\d+(?:\.\d+)?", path.d))
        yield path.width
    for bar in picture.bars:
        yield from (bar.x, bar.y, bar.height, bar.label_x, bar.label_y)
    yield picture.height


@given(sizes, sizes)
def test_every_number_is_one_and_every_bar_is_in_the_frame(first, last):
    picture = draw_flow(COLUMNS, *graph(first, last))
    assert all(math.isfinite(number) for number in numbers(picture))
    for bar in picture.bars:
        assert 0 <= bar.x < WIDTH
        assert bar.y >= TOP - 0.01
        assert bar.y + bar.height <= picture.height + 0.01
        assert bar.label_y <= picture.height


@given(sizes)
def test_bars_of_a_column_never_cover_each_other(first):
    picture = draw_flow(COLUMNS, *graph(first, [1]))
    column = sorted((bar for bar in picture.bars if bar.node.column == 1), key=lambda bar: bar.y)
    for above, below in pairwise(column):
        assert above.y + above.height <= below.y
        assert below.label_y - above.label_y >= 17  # two lines of words stay apart


def test_widths_are_voices_on_one_scale():
    nodes, strands = graph([30, 10], [5])
    wide = {path.strand.target: path.width for path in draw_flow(COLUMNS, nodes, strands).paths}
    assert wide["1-0"] == 3 * wide["1-1"] == 6 * wide["2-0"]


def test_strands_leave_and_arrive_inside_the_bars_that_they_join():
    picture = draw_flow(COLUMNS, *graph([30, 10, 5], [12, 3]))
    bars = {bar.node.key: bar for bar in picture.bars}
    for path in picture.paths:
        x0, y0, *_curve, x1, y1 = map(float, re.findall(r"-?\d+(?:\.\d+)?", path.d))
        source, target = bars[path.strand.source], bars[path.strand.target]
        assert source.x <= x0 <= source.x + 11
        assert x1 == target.x
        assert source.y - 1 <= y0 <= source.y + source.height + 1
        assert target.y - 1 <= y1 <= target.y + target.height + 1


def test_nothing_said_draws_nothing():
    picture = draw_flow(COLUMNS, [], [])
    assert (picture.bars, picture.paths) == ((), ())


def test_the_same_graph_is_drawn_the_same():
    assert draw_flow(COLUMNS, *graph([3, 2], [1])) == draw_flow(COLUMNS, *graph([3, 2], [1]))
