"""A sheet or a paste, read as lines of cells, whichever way a spreadsheet parted them."""

import csv
import re
from collections.abc import Iterator

MARKS = ";\t,"


def lines_of_cells(text: str, heads: re.Pattern[str]) -> Iterator[tuple[int, list[str]]]:
    """(line from 1, its cells). Without empty lines, nor a first line of titles: no digit, and one of ``heads``."""
    for at, line in enumerate(text.splitlines(), start=1):
        mark = next((each for each in MARKS if each in line), MARKS[0])
        try:
            cells = [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=mark), [])]
        except csv.Error:
            cells = [" ".join(line.split())]
        is_title = at == 1 and not any(map(str.isdigit, line)) and heads.search(line)
        if any(cells) and not is_title:
            yield at, cells
