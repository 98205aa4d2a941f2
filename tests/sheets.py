"""Sheets of answers as a service sends them back: filled in, sorted, spoilt, or made to harm."""

import csv
import io
import zipfile

import openpyxl

from democratic.participation.sheets.actions import receive_sheet
from democratic.participation.sheets.columns import Column
from democratic.participation.sheets.models import AnswerSheet
from democratic.participation.sheets.queries import to_answer
from democratic.participation.sheets.working import work
from democratic.participation.sheets.writing import write_xlsx

LETTERS = dict(zip(Column, "ABCDEFGH", strict=True))


def exported(process):
    return write_xlsx(to_answer(process))


def book_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def filled(content, answers):
    """``answers``: {code: (verdict, passed_to, reason)}, written into the lines of those codes."""
    book = book_of(content)
    sheet = book.worksheets[0]
    for line in range(2, sheet.max_row + 1):
        said = answers.get(sheet[f"B{line}"].value)
        if said:
            for letter, value in zip("FGH", said, strict=True):
                sheet[f"{letter}{line}"] = value
    return saved(book)


def line_of(content, code):
    sheet = book_of(content).worksheets[0]
    return next(n for n in range(2, sheet.max_row + 1) if sheet[f"B{n}"].value == code)


def as_csv(content, delimiter=";", encoding="utf-8-sig"):
    sheet = book_of(content).worksheets[0]
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=delimiter)
    writer.writerows([cell.value if cell.value is not None else "" for cell in row] for row in sheet.rows)
    return made.getvalue().encode(encoding, errors="replace")


def sent(territory, content, name="transports.xlsx", clock=None):
    return receive_sheet(
        process=territory.process,
        uploader=territory.agent.person,
        name=name,
        chunks=[content],
        clock=clock or territory.clock,
    )


def read(territory, content, clock=None):
    """What became of it once the worker looked at it."""
    sheet = sent(territory, content, clock=clock)
    work(clock or territory.clock)
    return AnswerSheet.objects.select_related("process__mandate__answerer").get(pk=sheet.pk)


def with_part(content, name, data):
    """The same archive, with one more part, or another in its place."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return made.getvalue()


def part_of(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def open_document():
    """As LibreOffice writes an .ods: its type first, in clear."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED
        )
        archive.writestr("content.xml", "<office:document-content/>")
    return made.getvalue()
