"""Lists of municipalities as people have them: sheets, pastes, with what spreadsheets do to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.territory.communes_file import (
    MOST_COMMUNES,
    MOST_SIGNS,
    SHOWN_FAULTS,
    Commune,
    Fault,
    NotCommunes,
    decoded,
    read_communes,
)

TWO = [Commune("01004", "Ambérieu-en-Bugey", "01500"), Commune("2A004", "Ajaccio", "20000")]


@pytest.mark.parametrize(
    "text",
    [
        "01004;Ambérieu-en-Bugey;01500\n2A004;Ajaccio;20000",
        "01004,Ambérieu-en-Bugey,01500\r\n2a004,Ajaccio,20000\r\n",
        "01004\tAmbérieu-en-Bugey\t01500\n\n\n2A004\tAjaccio\t20000\n",
        'Code INSEE;Commune;Code postal\n"01004";"Ambérieu-en-Bugey";"01500"\n2A004;Ajaccio;20000;une colonne de plus',
    ],
)
def test_a_list_is_read_as_people_have_it(text):
    assert read_communes(text) == TWO


def test_a_postcode_may_be_left_out():
    assert read_communes("97411;Saint-Denis")[0] == Commune("97411", "Saint-Denis", "")


def test_a_sheet_of_windows_and_one_with_a_mark_are_read():
    assert decoded("01004;Ambérieu".encode("cp1252")) == "01004;Ambérieu"
    assert decoded("01004;Ambérieu".encode("utf-8-sig")) == "01004;Ambérieu"


@pytest.mark.parametrize(
    ("line", "fault", "said"),
    [
        ("1004;Ambérieu;01500", Fault.LOST_ZERO, "1004"),
        ("01004;Ambérieu;1500", Fault.LOST_ZERO, "1500"),
        ("99004;Nulle-Part;01500", Fault.NOT_INSEE, "99004"),
        ("Ambérieu;01004;01500", Fault.NOT_INSEE, "AMBÉRIEU"),
        ("٠١٠٠٤;Ambérieu;01500", Fault.NOT_INSEE, "٠١٠٠٤"),
        ("01004;;01500", Fault.NO_NAME, "01004"),
        ("01004;01500", Fault.NO_NAME, "01500"),
        ("01004;Ambérieu;O1500", Fault.NOT_POSTCODE, "O1500"),
        ("01004;" + "a" * 81, Fault.LONG_NAME, "a" * 80),
        ("2A004;Bastia;20200", Fault.TWICE, "2A004 Bastia"),
        ("2B033;ajaccio;20200", Fault.TWICE, "2B033 ajaccio"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_taken(line, fault, said):
    with pytest.raises(NotCommunes) as refusal:
        read_communes(f"2A004;Ajaccio;20000\n{line}")
    (bad,) = refusal.value.lines
    assert (bad.line, bad.fault, bad.said) == (2, fault, said)


def test_many_bad_lines_are_not_all_told():
    with pytest.raises(NotCommunes) as refusal:
        read_communes("x;y\n" * 1000)
    assert len(refusal.value.lines) == SHOWN_FAULTS


@pytest.mark.parametrize("text", ["", "\n\n", "Code;Commune"])
def test_an_empty_list_is_none(text):
    with pytest.raises(NotCommunes) as refusal:
        read_communes(text)
    assert not refusal.value.lines


@pytest.mark.parametrize(
    "text",
    ["a" * (MOST_SIGNS + 1), "\n".join(f"{n:05};A{n}" for n in range(1000, 1000 + MOST_COMMUNES + 1))],
)
def test_a_list_too_long_is_refused(text):
    with pytest.raises(NotCommunes) as refusal:
        read_communes(text)
    assert refusal.value.is_too_long


def lines_of(text):
    """Read, or the lines at fault."""
    try:
        return [0 for _each in read_communes(text)]
    except NotCommunes as refusal:
        return [bad.line for bad in refusal.lines]


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_refused(text):
    assert all(line <= len(text.splitlines()) for line in lines_of(text))
