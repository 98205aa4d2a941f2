from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.reach.census_file import MOST_LINES, SHOWN_FAULTS, CensusLine, Fault, NotACensus, read_census

PLACES = {"Vaubrun": "Vaubrun", "99100": "Vaubrun", "Saint-Aubin-sur-Lesque": "Saint-Aubin-sur-Lesque"}
BANDS = {"15_17": "15_17", "15-17 ans": "15_17", "65": "65", "65 ans et plus": "65"}


def read(text):
    return read_census(text, PLACES, BANDS)


def faults(text):
    with pytest.raises(NotACensus) as refused:
        read(text)
    return [(bad.line, bad.fault, bad.said) for bad in refused.value.lines]


def test_what_a_spreadsheet_writes_is_read():
    text = "commune;tranche;habitants\r\nVaubrun;15-17 ans;1\u202f284\r\n\r\nSAINT AUBIN SUR LESQUE;65 et plus;90\r\n"
    assert read(text) == [
        CensusLine("Vaubrun", "15_17", 1284),
        CensusLine("Saint-Aubin-sur-Lesque", "65", 90),
    ]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("band", ["15-17", "15 – 17 ans", "15_17", "15-17 ANS"])
def test_a_band_is_known_however_it_is_typed(mark, band):
    assert read(mark.join(["Vaubrun", band, "12"])) == [CensusLine("Vaubrun", "15_17", 12)]


@pytest.mark.parametrize(
    ("line", "fault", "said"),
    [
        ("Vaubrun;15-17", Fault.NOT_THREE, "Vaubrun;15-17"),
        ("Vaubrun;15-17;12;13", Fault.NOT_THREE, "Vaubrun;15-17;12;13"),
        ("Paris;15-17;12", Fault.NO_SUCH_PLACE, "Paris"),
        ("=cmd|' /C calc'!A0;15-17;12", Fault.NO_SUCH_PLACE, "=cmd|' /C calc'!A0"),
        ("Vaubrun;15-24;12", Fault.NO_SUCH_BAND, "15-24"),
        ("Vaubrun;15-17;-4", Fault.NOT_A_NUMBER, "-4"),
        ("Vaubrun;15-17;1.284", Fault.NOT_A_NUMBER, "1.284"),
        ("Vaubrun;15-17;١٢", Fault.NOT_A_NUMBER, "١٢"),
        ("Vaubrun;15-17;", Fault.NOT_A_NUMBER, ""),
        ("Vaubrun;15-17;" + "9" * 5000, Fault.TOO_MANY, "9" * 5000),
        ("Vaubrun;15-17;15000001", Fault.TOO_MANY, "15000001"),
    ],
)
def test_a_bad_line_is_named_with_its_cell(line, fault, said):
    assert faults(f"commune;tranche;habitants\nVaubrun;65;1\n{line}") == [(3, fault, said)]


def test_the_same_cell_twice_is_refused_also_by_its_code():
    assert faults("Vaubrun;15-17;1\n99100;15_17;2") == [(2, Fault.TWICE, "99100 15_17")]


def test_one_bad_line_refuses_the_whole_and_no_more_than_twenty_are_named():
    assert len(faults("Nulle part;15-17;1\n" * 500 + "Vaubrun;15-17;1")) == SHOWN_FAULTS


@pytest.mark.parametrize("text", ["", "\n\n", "commune;tranche;habitants"])
def test_an_empty_file_is_refused(text):
    assert faults(text) == []


def test_a_file_beyond_all_measure_is_refused_before_it_is_read():
    with pytest.raises(NotACensus) as refused:
        read("x" * 400_001)
    assert refused.value.is_too_long


def test_more_lines_than_any_territory_has_are_refused():
    places = {f"c{n}": f"c{n}" for n in range(MOST_LINES + 1)}
    with pytest.raises(NotACensus) as refused:
        read_census("\n".join(f"c{n};65;1" for n in range(MOST_LINES + 1)), places, BANDS)
    assert refused.value.is_too_long


@given(st.text(max_size=300))
def test_whatever_is_sent_is_read_or_refused(text):
    with suppress(NotACensus):
        assert all(line.people >= 0 for line in read(text))
