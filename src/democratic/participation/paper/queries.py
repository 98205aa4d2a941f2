"""Reads of paper: runs, piles, their rows, where two hands differ, what a scan could not read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from democratic.participation.paper.cells import Cells, differing
from democratic.participation.paper.models import (
    PaperBatch,
    PaperRow,
    PaperSheet,
    PrintRun,
    ScanPage,
    ScanPicture,
)
from democratic.participation.paper.printing import options_of
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Process
from democratic.thread.models import Authority


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell, and what each hand put there."""

    number: int
    cell: str
    first: Any
    second: Any


@dataclass(frozen=True, slots=True)
class Progress:
    """Of all that was sent with a pile. ``pages`` counts those of files that were opened."""

    files: int
    waiting: int
    pages: int
    read: int


def runs_of(process: Process, *, limit: int) -> list[PrintRun]:
    """The newest first, with how many of their sheets came back (``spent``)."""
    counted = PrintRun.objects.filter(process=process).annotate(
        spent=Count("sheets", filter=Q(sheets__spent_at__isnull=False))
    )
    return list(counted.order_by("-printed_at")[:limit])


def get_run_for(authority: Authority, pk: UUID) -> PrintRun | None:
    """With its process, and that process's mandate."""
    runs = PrintRun.objects.select_related(
        "process__record__wording", "process__record__authority", "process__mandate__answerer"
    )
    return runs.filter(pk=pk, process__record__authority=authority).first()


def batches_of(process: Process, *, offset: int, limit: int) -> tuple[list[PaperBatch], int]:
    """The newest first, each with ``sheets`` (rows of the first hand) and ``unread`` (pages to settle)."""
    all_ = PaperBatch.objects.filter(process=process)
    counted = all_.annotate(
        sheets=Count("rows", filter=Q(rows__hand=1), distinct=True),
        unread=Count(
            "scans__looked",
            filter=Q(scans__looked__is_settled=False) & ~Q(scans__looked__problem=""),
            distinct=True,
        ),
    )
    return list(counted.order_by("-opened_at", "-pk")[offset : offset + limit]), all_.count()


def get_batch_for(authority: Authority, pk: UUID) -> PaperBatch | None:
    batches = PaperBatch.objects.select_related(
        "process__record__wording", "process__record__authority", "poll__record__wording"
    )
    return batches.filter(pk=pk, process__record__authority=authority).first()


def options_in(batch: PaperBatch) -> list[list[Any]]:
    """[[rank, words]] in the order of the boxes; empty for words alone."""
    return options_of(batch.poll)


def rows_of(batch: PaperBatch, hand: int) -> list[PaperRow]:
    """In the order of the pile, with their sheet and page."""
    return list(batch.rows.filter(hand=hand).select_related("sheet", "page").order_by("number"))


def cells_of(batch: PaperBatch, hand: int) -> dict[int, Cells]:
    """By the number of the line."""
    return {row.number: _cells(row) for row in rows_of(batch, hand)}


def ages_said_of_all(batch: PaperBatch) -> dict[int, str]:
    """By the number of the line, of sheets printed for a class whose age was said once."""
    rows = batch.rows.filter(hand=1).exclude(sheet__run__age="").exclude(sheet=None)
    return dict(rows.values_list("number", "sheet__run__age"))


def _cells(row: PaperRow) -> Cells:
    code = row.sheet.code if row.sheet else ""
    return Cells(code, row.age, row.choice, row.body, row.consents, row.first_name, row.text)


def differences_of(batch: PaperBatch) -> list[Difference]:
    first, second = cells_of(batch, 1), cells_of(batch, 2)
    return [
        Difference(number, cell, getattr(cells, cell), getattr(second[number], cell))
        for number, cells in first.items()
        for cell in differing(cells, second[number])
    ]


def progress_of(batch: PaperBatch) -> Progress:
    files = list(batch.scans.values_list("pages", "pages_read", "is_read"))
    return Progress(
        files=len(files),
        waiting=sum(not is_read for _pages, _done, is_read in files),
        pages=sum(pages for pages, _done, _is_read in files),
        read=sum(done for _pages, done, _is_read in files),
    )


def problems_of(batch: PaperBatch) -> list[ScanPage]:
    """Pages to settle, in the order in which they were sent, with their file and the names of their pictures."""
    pages = ScanPage.objects.filter(file__batch=batch, is_settled=False).exclude(problem="")
    return list(pages.select_related("file").order_by("file__received_at", "file", "number"))


def pictures_of(batch: PaperBatch) -> dict[UUID, set[str]]:
    """By page: which of its parts can be shown."""
    found: dict[UUID, set[str]] = {}
    for page, part in ScanPicture.objects.filter(page__file__batch=batch).values_list("page", "part"):
        found.setdefault(page, set()).add(part)
    return found


def picture_for(batch: PaperBatch, page: UUID, part: str) -> bytes | None:
    found = ScanPicture.objects.filter(page=page, page__file__batch=batch, part=part)
    content = found.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def is_sheet_told(authority: Authority, code: str) -> bool | None:
    """Whether the sheet whose stub bears this code was told; None when no stub of this authority does."""
    sheets = PaperSheet.objects.filter(code=code, run__process__record__authority=authority)
    spent = sheets.values_list("spent_at", flat=True)[:1]
    return next((at is not None for at in spent), None)


def layouts_of(process_id: UUID) -> dict[str, Any]:
    """Of each run of a process, by its code: what the program that reads is told."""
    return dict(PrintRun.objects.filter(process=process_id).values_list("code", "layout"))


def polls_on_paper(process: Process) -> list[Poll]:
    """Questions that were opened, the newest first: those that a sheet may ask, or have asked."""
    opened = Poll.objects.filter(process=process, opened_at__isnull=False).select_related(
        "record__wording", "stage"
    )
    return list(opened.order_by("-opened_at", "-pk"))
