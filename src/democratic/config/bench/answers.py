"""A sheet of answers as large as a service will ever send: made, filled in, read, written as drafts."""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.processes.models import Process
from democratic.participation.sheets.actions import apply_sheet, receive_sheet
from democratic.participation.sheets.columns import Filled
from democratic.participation.sheets.models import AnswerSheet
from democratic.participation.sheets.queries import ToAnswer, to_answer
from democratic.participation.sheets.states import SheetState
from democratic.participation.sheets.working import work
from democratic.participation.sheets.writing import write_xlsx
from democratic.people.actions import welcome_guest
from democratic.thread.models import Kind, Record

_REASON = "Retenu : un passage de plus le soir, dès la rentrée, pour que personne ne reste à quai. " * 3


Seconds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Step:
    what: str
    seconds: Seconds
    detail: str


def measure_answers(process: Process) -> list[Step]:
    """In this very process, one step after the other, as the worker would. RuntimeError: a draft is missing."""
    Record.objects.filter(process=process.record, kind=Kind.IDEA).update(state="received", theme=None)
    seconds, blank = _timed(lambda: write_xlsx(to_answer(process)))
    steps = [Step("make the sheet", seconds, _weight(blank))]
    content = write_xlsx(filled_in(process))
    sheet = receive_sheet(
        process=process,
        uploader=welcome_guest(),
        name="banc.xlsx",
        chunks=[content],
        clock=DATABASE_CLOCK,
    )
    seconds, _none = _timed(lambda: work(DATABASE_CLOCK))
    sheet.refresh_from_db()
    steps.append(
        Step("read it, say what it changes", seconds, f"{sheet.lines_read:,} lines, {_weight(content)}")
    )
    apply_sheet(sheet=sheet, clock=DATABASE_CLOCK)
    seconds, _none = _timed(lambda: work(DATABASE_CLOCK))
    return [*steps, Step("write the drafts", seconds, _written(sheet)), _memory()]


def filled_in(process: Process) -> list[ToAnswer]:
    """Every line of the sheet with an answer of its own: the key still says that it left empty."""
    return [
        replace(each, filled=Filled(Verdict.KEPT, "", f"{_REASON}({n})"))
        for n, each in enumerate(to_answer(process), 1)
    ]


def _written(sheet: AnswerSheet) -> str:
    sheet.refresh_from_db()
    drafts = Answer.objects.filter(process=sheet.process, signed_at=None).count()
    if sheet.state != SheetState.DONE or drafts != sheet.lines_read:
        raise RuntimeError(f"{drafts} drafts of {sheet.lines_read} lines: {sheet.state}")
    return f"{drafts:,} drafts"


def _memory() -> Step:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Step("all of it, at its peak", (0, time.process_time()), f"{peak} MB, this process")


def _weight(content: bytes) -> str:
    return f"{len(content) / 1_000_000:.1f} MB"


def _timed(act: Callable[[], Any]) -> tuple[Seconds, Any]:
    """Seconds that passed, and those of them that this process worked: the database's are not among these."""
    started, busy = time.perf_counter(), time.process_time()
    done = act()
    return (time.perf_counter() - started, time.process_time() - busy), done
