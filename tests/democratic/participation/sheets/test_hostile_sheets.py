"""Sheets that mean harm, or are merely odd: each is refused in a closed list of words, or its lines are named."""

import io
import time
import tracemalloc
import zipfile

import pytest

from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.answers.models import Answer
from democratic.participation.sheets.lines import read_lines
from democratic.participation.sheets.models import SheetRow
from democratic.participation.sheets.problems import Fault, Problem, SheetRefused
from democratic.participation.sheets.queries import outcomes_of
from democratic.participation.sheets.states import Outcome, SheetState
from democratic.participation.sheets.zipped import MOST_BYTES
from factories import build_territory
from sheets import (
    as_csv,
    book_of,
    exported,
    filled,
    line_of,
    open_document,
    part_of,
    read,
    saved,
    sent,
    with_part,
)

SHEET = "xl/worksheets/sheet1.xml"
KEPT = ("Retenu", None, "Oui.")
MEGABYTE = 1024 * 1024


@pytest.fixture
def idea(territory):
    return territory.say("Le dernier bus part trop tôt.").idea.record


@pytest.fixture
def content(territory, idea):
    return filled(exported(territory.process), {idea.code: KEPT})


def fault(content):
    with pytest.raises(SheetRefused) as refused:
        list(read_lines(content).each)
    return refused.value.fault


def row_of(territory, content):
    return SheetRow.objects.get(sheet=read(territory, content))


def changed(content, **cells):
    book = book_of(content)
    for address, value in cells.items():
        book.worksheets[0][address] = value
    return saved(book)


def many_rows(content, rows):
    """The same archive with a sheet of so many rows, which compress to next to nothing."""
    start = part_of(content, SHEET).partition(b"<sheetData>")[0] + b"<sheetData>"
    return with_part(content, SHEET, start + b"<row><c/></row>" * rows + b"</sheetData></worksheet>")


def test_a_million_lines_are_refused_at_once_and_in_little_memory(content):
    long = many_rows(content, 1_000_000)
    tracemalloc.start()
    started = time.perf_counter()
    assert fault(long) == Fault.LONG
    seconds, (_now, peak) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 10
    assert peak < 20 * MEGABYTE


def test_a_line_numbered_beyond_the_last_is_refused(content):
    data = part_of(content, SHEET).replace(b'<row r="2"', b'<row r="1048576"').replace(b'2"', b'1048576"')
    assert fault(with_part(content, SHEET, data)) in {Fault.LONG, Fault.BROKEN}


def test_a_million_lines_of_csv_are_refused(content):
    head = as_csv(content).splitlines()[0]
    assert fault(head + b"\n" + b";;;;;;;\n" * 1_000_000) == Fault.LONG


def test_what_unfolds_to_gigabytes_is_not_opened(content):
    assert fault(with_part(content, "xl/sharedStrings.xml", b" " * 120 * MEGABYTE)) == Fault.UNFOLDS


def test_what_weighs_too_much_is_refused_before_it_is_kept(territory):
    with pytest.raises(Refusal) as refused:
        sent(territory, b"x" * (MOST_BYTES + 1))
    assert refused.value.field == "sheet"


@pytest.mark.parametrize("name", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml"])
def test_links_to_other_files_are_refused(content, name):
    assert fault(with_part(content, name, b"<x/>")) == Fault.LINKED


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/embeddings/oleObject1.bin"])
def test_programs_are_refused(content, name):
    assert fault(with_part(content, name, b"x")) == Fault.MACROS


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_declared_entities_are_refused(content, part):
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    data = part_of(content, part)
    data = data if data.startswith(b"<?xml") else b"<?xml version='1.0'?>\n" + data
    head, _end, body = data.partition(b"?>")
    assert fault(with_part(content, part, head + b"?>" + bomb + body)) == Fault.BROKEN


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (b"", Fault.EMPTY),
        (b" \n \n", Fault.EMPTY),
        (b"PK\x03\x04" + b"x" * 200, Fault.BROKEN),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, Fault.OTHER),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Fault.OTHER),
        (b"un;deux\n1;2\n", Fault.HEADS),
        (b'"jamais fini', Fault.HEADS),
        ("Clé, à ne pas changer;Réponse;Transmis à;Raison\n".encode("utf-16"), Fault.OTHER),
        ("Clé, à ne pas changer;Réponse;Transmis à;Raison\n".encode("cp850"), Fault.HEADS),
    ],
    ids=["empty", "blank", "torn", "old", "picture", "another", "quote", "utf_16", "cp850"],
)
def test_what_is_not_one_of_our_sheets_is_refused_in_words(made, expected):
    assert fault(made) == expected
    assert expected.label


def test_an_open_document_is_told_to_be_saved_in_another_format(territory):
    sheet = read(territory, open_document())
    assert (sheet.state, sheet.fault) == (SheetState.REFUSED, Fault.OPEN)
    said = str(Fault(sheet.fault).label)
    assert all(word in said for word in ("(.ods)", "Enregistrez-la", ".xlsx", ".csv"))


def test_any_other_archive_is_told_which_formats_are_read():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "text/plain")
    assert fault(made.getvalue()) == Fault.OTHER


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_file_that_is_cut_is_refused(content, cut):
    assert fault(content[: int(len(content) * cut)]) == Fault.BROKEN


def test_a_refused_sheet_says_why_and_keeps_no_bytes(territory, content):
    sheet = read(territory, content[:-300])
    assert (sheet.state, sheet.fault) == (SheetState.REFUSED, Fault.BROKEN)
    assert not hasattr(sheet, "content")


def test_a_formula_is_named_by_its_cell_and_its_line_left_aside(territory, idea, content):
    line = line_of(content, idea.code)
    row = row_of(territory, changed(content, **{f"H{line}": '=HYPERLINK("http://ailleurs.example")'}))
    assert (row.outcome, row.problem, row.cell) == (Outcome.ERROR, Problem.FORMULA, f"H{line}")
    assert row.reason == ""


@pytest.mark.parametrize(
    ("cells", "problem", "cell"),
    [
        ({"F": "Peut-être"}, Problem.VERDICT, "F"),
        ({"F": None}, Problem.NO_VERDICT, "F"),
        ({"H": None}, Problem.NO_REASON, "H"),
        ({"H": "\u200b \u2800"}, Problem.NO_REASON, "H"),
        ({"F": "Transmis"}, Problem.NO_PASSED, "G"),
        ({"H": "x" * 10_001}, Problem.TOO_LONG, "H"),
        ({"A": "ZZZ-ZZZ.0.00000000"}, Problem.KEY, "A"),
        ({"A": "n’importe quoi"}, Problem.KEY, "A"),
        ({"A": None}, Problem.KEY, "A"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_error_names_its_cell_in_a_sentence(territory, idea, content, cells, problem, cell):
    line = line_of(content, idea.code)
    row = row_of(territory, changed(content, **{f"{at}{line}": value for at, value in cells.items()}))
    assert (row.problem, row.cell) == (problem, f"{cell}{line}")
    assert Problem(row.problem).label % {"detail": row.detail}


def test_a_line_copied_twice_is_an_error_the_second_time(territory, idea, content):
    book = book_of(content)
    sheet = book.worksheets[0]
    sheet.append([cell.value for cell in sheet[line_of(content, idea.code)]])
    assert outcomes_of(read(territory, saved(book)))[Outcome.NEW] == 1
    row = SheetRow.objects.get(outcome=Outcome.ERROR)
    assert (row.problem, row.detail) == (Problem.TWICE, "2")


def test_the_sheet_of_another_consultation_answers_nothing_here(territory, idea, content):
    other = build_territory(slug="voisin", host="voisin.example")
    assert row_of(other, content).problem == Problem.KEY
    assert not Answer.objects.exists()


def test_words_that_would_run_come_back_from_a_csv_as_they_were_said(territory, idea, content):
    said = "=1+1 n’est pas une réponse"
    text = as_csv(content).decode("utf-8-sig").replace("Oui.", f"'{said}")
    row = row_of(territory, text.encode())
    assert (row.outcome, row.reason) == (Outcome.NEW, said)


def test_who_sends_again_and_again_waits_for_the_first(territory, content):
    for _each in range(5):
        sent(territory, content)
    with pytest.raises(Conflict):
        sent(territory, content)
