"""CSV that a spreadsheet opens without running anything."""

import csv
import io

import pytest

from democratic.web.suites.csv_files import csv_response, safe_cell


@pytest.mark.parametrize(
    "hostile", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=cmd|'/c calc'!A1", "＝1+1"]
)
def test_a_cell_that_could_run_is_made_plain_text(hostile):
    assert safe_cell(hostile) == f"'{hostile}"


@pytest.mark.parametrize("plain", ["Rentrer le soir", "a=b", "", 12, -3, 1.5, None])
def test_an_ordinary_cell_is_left_as_it_is(plain):
    assert safe_cell(plain) == plain


def test_a_table_comes_back_as_it_was_written_accents_quotes_and_lines():
    rows = [["K7P-4RM", 'Aux « arrêts », la "nuit"', 3], ["", "deux\nlignes", 0]]
    response = csv_response("entendu-x", ["code", "sujet", "voix"], rows)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="entendu-x.csv"'
    text = response.content.decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [
        ["code", "sujet", "voix"],
        ["K7P-4RM", 'Aux « arrêts », la "nuit"', "3"],
        ["", "deux\nlignes", "0"],
    ]
