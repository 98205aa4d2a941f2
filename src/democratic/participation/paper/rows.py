"""From what was read of a page to a row of its pile, unless it may not be one."""

from typing import Any

from django.db.models import Max

from civics.paper.layout import AGE, BODY, CHOICE, CONSENT
from civics.paper.pagecode import PageCode, read_page_code
from democratic.participation.paper.models import PaperBatch, PaperRow, PaperSheet, PrintRun
from democratic.participation.paper.printing import is_ours, options_of
from democratic.participation.paper.reader import PageRead
from democratic.participation.paper.states import Problem
from democratic.people.models import AgeBand


class NotARow(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def row_of(batch: PaperBatch, page: PageRead) -> PaperRow:
    """Written, in the caller's transaction, under the lock of the batch. NotARow."""
    said = read_page_code(page.code)
    if said is None:
        raise NotARow(Problem.VERSION)
    run, sheet = _known(batch, said)
    _refuse_another_question(batch, run)
    if sheet.spent_at is not None or PaperRow.objects.filter(sheet=sheet, hand=1).exists():
        raise NotARow(Problem.TWICE)
    last = batch.rows.filter(hand=1).aggregate(last=Max("number"))["last"] or 0
    return PaperRow.objects.create(batch=batch, hand=1, number=last + 1, sheet=sheet, **_cells(run, page))


def _known(batch: PaperBatch, said: PageCode) -> tuple[PrintRun, PaperSheet]:
    """A code that nobody but us could make, of a sheet of this process."""
    run = PrintRun.objects.select_related("process__record").filter(
        code=said.run, process=batch.process_id
    ).first()  # fmt: skip
    if run is None or not is_ours(run, said):
        raise NotARow(Problem.FOREIGN)
    return run, PaperSheet.objects.get(run=run, serial=said.serial)


def _refuse_another_question(batch: PaperBatch, run: PrintRun) -> None:
    if run.poll_id != batch.poll_id:
        raise NotARow(Problem.OTHER_QUESTION)
    if batch.poll is not None and (run.options, run.question) != (
        options_of(batch.poll),
        batch.poll.record.title[:300],
    ):
        raise NotARow(Problem.VERSION)


def _cells(run: PrintRun, page: PageRead) -> dict[str, Any]:
    """What is sure. What is not stays empty, and is named in ``asks``."""
    ranks = [str(rank) for rank, _words in run.options]
    asks = [cell for cell, group in GROUPS.items() if page.groups.get(group, {}).get("asks")]
    ticked = {cell: page.groups.get(group, {}).get("ticked", []) for cell, group in GROUPS.items()}
    read: dict[str, Any] = {
        "age": (ticked["age"] or [AgeBand.UNSAID])[0],
        "choice": (ranks.index(ticked["choice"][0]) + 1 if ticked["choice"] else 0) if ranks else None,
        "body": (ticked["body"] or ["unsaid"])[0],
        "consents": bool(ticked["consents"]),
    }
    if run.age:  # said of all: no box asks it
        read["age"], asks = run.age, [cell for cell in asks if cell != "age"]
    empty = {"age": "", "choice": None, "body": "", "consents": None}
    return {cell: empty[cell] if cell in asks else value for cell, value in read.items()} | {"asks": asks}


# By the name of a cell, the group of boxes on the sheet.
GROUPS = {"age": AGE, "choice": CHOICE, "body": BODY, "consents": CONSENT}
