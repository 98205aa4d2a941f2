"""From the bytes that were sent to lines, one after the other: an .xlsx or a .csv file, by what it holds."""

import csv
import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from democratic.participation.sheets.columns import READ, RUNS, Column, Filled, filled_in, headings
from democratic.participation.sheets.problems import Fault, Problem, SheetRefused
from democratic.participation.sheets.zipped import MOST_BYTES, MOST_LINES, refuse_unless_harmless

_WIDEST = 40  # columns: a service may add some of its own
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # also an .xlsx under a password
_PROBLEMS = {"f": Problem.FORMULA, "e": Problem.CELL}


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` and ``cell`` as the spreadsheet shows them; ``problem``: of a cell that cannot be read."""

    number: int
    key: str
    filled: Filled
    letters: dict[Column, str]
    problem: str = ""
    cell: str = ""

    def at(self, column: Column) -> str:
        return f"{self.letters.get(column, '')}{self.number}"


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    address: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """``lines``: how many there are at most, said before they are read."""

    lines: int
    each: Iterator[Line]


def read_lines(content: bytes) -> Read:
    """SheetRefused: what is wrong with the file, at once or when the line at fault is reached."""
    if not content.strip():
        raise SheetRefused(Fault.EMPTY)
    if len(content) > MOST_BYTES:
        raise SheetRefused(Fault.HEAVY)
    if content.startswith(b"PK"):
        lines = refuse_unless_harmless(content)
        return Read(lines, _lines(_xlsx_rows(content)))
    if content.startswith(_OLD_EXCEL) or b"\0" in content[:4096]:
        raise SheetRefused(Fault.OTHER)
    lines = content.count(b"\n")
    return Read(min(lines, MOST_LINES), _lines(_csv_rows(content)))


Rows = Iterator[tuple[int, Sequence[_Cell]]]


def _lines(rows: Rows) -> Iterator[Line]:
    number, head = next(rows, (0, ()))
    known = headings()
    places = {known[cell.text.casefold()]: n for n, cell in enumerate(head) if cell.text.casefold() in known}
    if not number or not set(READ) <= set(places):
        raise SheetRefused(Fault.HEADS)
    wanted = {column: places[column] for column in READ}
    letters = {column: get_column_letter(n + 1) for column, n in wanted.items()}
    for number, cells in islice(rows, MOST_LINES + 1):
        if number > MOST_LINES + 1:
            raise SheetRefused(Fault.LONG)
        yield _line(number, {c: cells[n] for c, n in wanted.items() if n < len(cells)}, letters)


def _line(number: int, cells: dict[Column, _Cell], letters: dict[Column, str]) -> Line:
    text = {column: cells[column].text if column in cells else "" for column in READ}
    wrong = next((cell for cell in cells.values() if cell.problem), None)
    return Line(
        number=number,
        key=text[Column.KEY],
        filled=filled_in(text[Column.VERDICT], text[Column.PASSED_TO], text[Column.REASON]),
        letters=letters,
        problem=wrong.problem if wrong else "",
        cell=wrong.address if wrong else "",
    )


def _xlsx_rows(content: bytes) -> Rows:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a spreadsheet adds and that is not read
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            head = next(sheet.iter_rows(max_row=1, max_col=_WIDEST), ())
            width = max((n for n, cell in enumerate(head, 1) if cell.value is not None), default=1)
            for number, row in enumerate(sheet.iter_rows(max_col=width), 1):
                yield number, [_xlsx_cell(cell, number, n) for n, cell in enumerate(row, 1)]
    except (SheetRefused, MemoryError):
        raise
    except Exception as broken:  # openpyxl raises whatever a hostile file leads it to
        raise SheetRefused(Fault.BROKEN) from broken


def _xlsx_cell(cell: Any, number: int, column: int) -> _Cell:
    if cell.data_type in _PROBLEMS:
        return _Cell("", f"{get_column_letter(column)}{number}", _PROBLEMS[cell.data_type])
    return _Cell("" if cell.value is None else str(cell.value))


def _csv_rows(content: bytes) -> Rows:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what Excel writes when nobody tells it otherwise
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            yield number, [_Cell(_unquoted(value)) for value in row[:_WIDEST]]
    except csv.Error as broken:
        raise SheetRefused(Fault.BROKEN) from broken


def _unquoted(value: str) -> str:
    """Without the apostrophe that our own file puts before what a spreadsheet would run."""
    return value[1:] if value.startswith("'") and value[1:].lstrip(" \u00a0").startswith(RUNS) else value
