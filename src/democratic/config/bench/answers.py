"""A sheet of answers as large as a service will ever send: made, filled in, read, written as drafts."""

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import connection

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


@dataclass(frozen=True, slots=True)
class Seconds:
    """That passed, that this process worked, that its server process worked: on a shared machine, they differ."""

    passed: float
    ours: float
    database: float


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
    return Step("memory, at its peak", Seconds(0, 0, 0), f"{peak} MB, this process")


def _weight(content: bytes) -> str:
    return f"{len(content) / 1_000_000:.1f} MB"


def _timed(act: Callable[[], Any]) -> tuple[Seconds, Any]:
    began = _now()
    done = act()
    passed, ours, database = (after - before for before, after in zip(began, _now(), strict=True))
    return Seconds(passed, ours, database), done


def _now() -> tuple[float, float, float]:
    return time.perf_counter(), time.process_time(), _server_time()


def _server_time() -> float:
    """What the server process of this connection worked so far (proc(5): utime and stime); it is on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (pid,) = cursor.fetchone()
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
