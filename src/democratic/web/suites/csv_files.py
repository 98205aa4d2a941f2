"""Tables as CSV: UTF-8 with its mark, and no cell that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# A spreadsheet takes a cell that begins so for a formula; an apostrophe in front makes it plain text.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float | None


def safe_cell(value: Cell) -> Cell:
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(_RUNS):
        return f"'{value}"
    return value


def csv_response(
    name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], mark: str = ","
) -> HttpResponse:
    """``mark``: between cells; a French spreadsheet opens at once what is parted by « ; »."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response, delimiter=mark, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return response
