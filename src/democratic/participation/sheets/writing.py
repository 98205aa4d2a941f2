"""The sheet to fill in: an .xlsx whose cells are text and nothing else, and the same rows for a .csv."""

import io
from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from democratic.kernel.text import clean_text
from democratic.participation.answers.models import Verdict
from democratic.participation.sheets.columns import FILLED_IN, HEADINGS, RUNS, Column
from democratic.participation.sheets.queries import ToAnswer, label_of_verdict
from democratic.participation.sheets.zipped import MOST_LINES
from democratic.thread.models import Kind

LONGEST_SAID = 600  # signs: the whole is at its number
_LONGEST_CELL = 32_767  # of the format
WIDTHS = {
    Column.KEY: 4, Column.CODE: 10, Column.KIND: 10, Column.SAID: 60, Column.VOICES: 7, Column.VERDICT: 20,
    Column.PASSED_TO: 24, Column.REASON: 70,
}  # fmt: skip
_OPEN, _TOP = Protection(locked=False), Alignment(vertical="top", wrap_text=True)
_HEAD, _TO_FILL = Font(bold=True), PatternFill("solid", fgColor="FFF6DC")


def cells_of(subject: ToAnswer) -> list[str | int]:
    """In the order of the columns."""
    has_its_own_title = not subject.text.startswith(subject.title.rstrip("…"))
    said = f"{subject.title}\n{subject.text}" if has_its_own_title else subject.text
    return [
        str(subject.key),
        subject.key.code,
        _("Sujet") if subject.kind == Kind.THEME else _("Parole"),
        said if len(said) <= LONGEST_SAID else f"{said[:LONGEST_SAID]}…",
        subject.voices,
        label_of_verdict(subject.filled.verdict),
        subject.filled.passed_to,
        subject.filled.reason,
    ]


def heads() -> list[str]:
    return [str(HEADINGS[column]) for column in Column]


def write_xlsx(subjects: Iterable[ToAnswer]) -> bytes:
    """The key is in a hidden column; all is locked, without a password, but the cells to fill in."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Réponses"))
    for number, column in enumerate(Column, 1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = WIDTHS[column], column == Column.KEY
    sheet.freeze_panes = f"{get_column_letter(list(Column).index(Column.VERDICT) + 1)}2"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = sheet.protection.sort = False
    _offer_verdicts(sheet)
    for row in _rows(sheet, subjects):
        sheet.append(row)
    _explain(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _rows(sheet: Any, subjects: Iterable[ToAnswer]) -> Iterator[list[WriteOnlyCell]]:
    head = [_text(sheet, label) for label in heads()]
    for cell in head:
        cell.font = _HEAD
    yield head
    styles = [_style(sheet, is_open=column in FILLED_IN) for column in Column]
    for subject in subjects:
        row = [_text(sheet, value) for value in cells_of(subject)]
        for cell, style in zip(row, styles, strict=True):
            is_quoted, cell._style = cell.quotePrefix, copy(style)  # noqa: SLF001  as openpyxl says to: it is long to set
            cell.quotePrefix = is_quoted
        yield row


def _style(sheet: Any, *, is_open: bool) -> Any:
    cell = WriteOnlyCell(sheet, "")
    cell.alignment = _TOP
    if is_open:
        cell.protection, cell.fill = _OPEN, _TO_FILL
    return cell._style  # noqa: SLF001


def _text(sheet: Any, value: str | int) -> WriteOnlyCell:
    """A cell that no spreadsheet runs, whatever it begins with."""
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, clean_text(value)[:_LONGEST_CELL])
    if cell.data_type != "s" or cell.value.startswith(RUNS):
        cell.data_type, cell.quotePrefix = "s", True
    return cell


def _offer_verdicts(sheet: Any) -> None:
    letter = get_column_letter(list(Column).index(Column.VERDICT) + 1)
    words = ",".join(str(verdict.label) for verdict in Verdict)
    offered = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
    offered.errorTitle, offered.error = _("Réponse"), _("Choisissez dans la liste.")
    offered.add(f"{letter}2:{letter}{MOST_LINES + 1}")
    sheet.data_validations.append(offered)


def _explain(book: Workbook) -> None:
    sheet = book.create_sheet(_("Mode d’emploi"))
    sheet.column_dimensions["A"].width = 110
    for line in (
        _(
            "Remplissez les trois colonnes colorées : la réponse, à qui c’est transmis le cas échéant, et la raison."
        ),
        _("La raison est ce que chaque personne recevra, telle quelle."),
        _("Une ligne laissée vide ne change rien. L’ordre des lignes est libre ; vous pouvez en ôter."),
        _("N’écrivez pas de formule : elle serait signalée, et la ligne laissée de côté."),
        _("Au retour, rien n’est publié : chaque ligne devient un brouillon, à relire puis à signer."),
    ):
        sheet.append([_text(sheet, line)])
