from hypothesis import given
from hypothesis import strategies as st

from civics.disclosure.crossed import crossed


def grid(*rows):
    return {(f"r{r}", f"c{c}"): n for r, row in enumerate(rows) for c, n in enumerate(row)}


def test_cells_of_fewer_than_five_are_hidden_and_larger_ones_told():
    shown = crossed(grid([9, 2, 1], [8, 0, 3], [7, 20, 30]))
    assert list(shown.values()) == [9, None, None, 8, None, None, 7, 20, 30]


def test_one_hidden_alone_would_be_found_by_subtraction_so_others_are_hidden_with_it():
    assert list(crossed(grid([2, 9, 8], [9, 9, 7], [6, 8, 9])).values()) == [
        None, 9, None, 9, 9, 7, None, 8, None,
    ]  # fmt: skip


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), st.integers(0, 30), max_size=16
    )
)
def test_no_line_ever_has_one_hidden_cell_beside_shown_ones(counts):
    shown = crossed(counts)
    assert set(shown) == set(counts)
    assert all(n is None or n == counts[cell] >= 5 for cell, n in shown.items())
    for axis in (0, 1):
        for name in {cell[axis] for cell in counts}:
            line = [n for cell, n in shown.items() if cell[axis] == name]
            assert line.count(None) != 1 or len(line) == 1
