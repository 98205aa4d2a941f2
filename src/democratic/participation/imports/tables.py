"""CSV files as spreadsheets write them: several lines a field, and every record known by its first line."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

SEPARATORS = (";", ",", "\t")
BOM = b"\xef\xbb\xbf"
FIELD_LIMIT = 1_000_000  # signs: a longer field is a quote that was never closed


class CannotRead(Exception):
    """The file can't be read at all. The message names it, and the line where there is one."""


@dataclass(frozen=True, slots=True)
class Row:
    """``line``: the physical line of the file on which the record starts, counted from 1."""

    file: str
    line: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    file: str
    columns: frozenset[str]
    rows: tuple[Row, ...]
    bad_rows: tuple[BadRow, ...]


def read_table(path: Path) -> Table:
    """Raises CannotRead: not UTF-8, not CSV, or unreadable by this account."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotRead(f"{path.name} : illisible ({error.strerror}).") from error
    lines = _lines(path.name, content)
    separator = max(SEPARATORS, key=lines[0].count) if lines else ";"
    records = _records(path.name, lines, separator)
    _line, header = next(records, (1, []))
    columns = [name.strip() for name in header]
    if len(set(columns)) < len(columns):
        raise CannotRead(f"{path.name}, ligne 1 : deux colonnes portent le même nom.")
    rows, bad_rows = [], []
    for line, record in records:
        if not record:
            continue  # an empty line
        if len(record) != len(columns):
            reason = f"{len(record)} champs au lieu de {len(columns)}"
            bad_rows.append(BadRow(path.name, line, reason))
        else:
            rows.append(Row(path.name, line, dict(zip(columns, record, strict=True))))
    return Table(path.name, frozenset(columns), tuple(rows), tuple(bad_rows))


def _lines(file: str, content: bytes) -> list[str]:
    """Cut at line feeds alone, as an editor counts them, each decoded apart so that a fault has a line."""
    lines = []
    for number, raw in enumerate(BytesIO(content.removeprefix(BOM)), 1):
        try:
            lines.append(raw.decode())
        except UnicodeDecodeError as fault:
            raise CannotRead(
                f"{file}, ligne {number} : ce n’est pas de l’UTF-8 (octet 0x{raw[fault.start]:02X})."
                " Enregistrez le fichier en UTF-8, puis relancez."
            ) from fault
    return lines


def _records(file: str, lines: list[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    start = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise CannotRead(f"{file}, ligne {start} : guillemets ou champ mal fermés ({fault}).") from fault
        yield start, record
        start = reader.line_num + 1
