"""From lines to what they would change, a batch at a time: so that a worker that is killed goes on where it was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from democratic.participation.answers.models import Verdict
from democratic.participation.sheets.columns import Column, Filled, Key, read_key
from democratic.participation.sheets.lines import Line
from democratic.participation.sheets.models import AnswerSheet, SheetRow
from democratic.participation.sheets.problems import Problem
from democratic.participation.sheets.queries import Saved, saved_by_code
from democratic.participation.sheets.states import Outcome
from democratic.thread.actions.records import TEXT_LIMIT

_SHOWN = 60  # signs of what was typed


@dataclass(slots=True)
class Compared:
    rows: list[SheetRow] = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0


def compare(sheet: AnswerSheet, lines: Sequence[Line], seen: dict[str, int]) -> Compared:
    """``seen``: the line of each code met so far, this batch added; four queries."""
    keys = {line.number: read_key(line.key) for line in lines}
    saved = saved_by_code(sheet.process, {key.code for key in keys.values() if key})
    compared = Compared()
    for line in lines:
        key = keys[line.number]
        row = _compare(sheet, line, key, saved, seen)
        if row is not None:
            compared.rows.append(row)
        elif line.filled.is_empty:
            compared.empty += 1
        else:
            compared.unchanged += 1
    return compared


def note_seen(lines: Iterable[Line], seen: dict[str, int]) -> None:
    """Lines that were read before: their codes count against a second line of the same."""
    for line in lines:
        if key := read_key(line.key):
            seen.setdefault(key.code, line.number)


def _compare(
    sheet: AnswerSheet, line: Line, key: Key | None, saved: dict[str, Saved], seen: dict[str, int]
) -> SheetRow | None:
    """None: this line changes nothing."""
    if line.problem:
        return _wrong(sheet, line, Problem(line.problem), cell=line.cell)
    if line.filled.is_empty and not line.key:
        return None
    stands = saved.get(key.code) if key else None
    if key is None or stands is None:
        return _wrong(sheet, line, Problem.KEY, cell=line.at(Column.KEY))
    first = seen.setdefault(key.code, line.number)
    if first != line.number:
        return _wrong(sheet, line, Problem.TWICE, cell=line.at(Column.KEY), detail=str(first))
    return _changes(sheet, line, key, stands)


def _changes(sheet: AnswerSheet, line: Line, key: Key, stands: Saved) -> SheetRow | None:
    """A line that nobody touched since it was made, or that says what is saved, changes nothing."""
    if line.filled.is_empty or line.filled.print == key.print or line.filled == stands.filled:
        return None
    fault = _fault(line.filled)
    if fault is None and not stands.is_open:
        fault = (Problem.CLOSED, Column.KEY, "")
    if fault:
        problem, column, detail = fault
        return _wrong(sheet, line, problem, cell=line.at(column), detail=detail, stands=stands)
    row = _row(sheet, line, stands)
    row.outcome = _outcome(key, stands)
    return row


def _outcome(key: Key, stands: Saved) -> Outcome:
    if key.stamp != stands.stamp:
        return Outcome.CONFLICT
    return Outcome.CHANGED if stands.draft else Outcome.NEW


def _fault(filled: Filled) -> tuple[Problem, Column, str] | None:
    if not filled.verdict:
        return Problem.NO_VERDICT, Column.VERDICT, ""
    if filled.verdict not in Verdict.values:
        return Problem.VERDICT, Column.VERDICT, filled.verdict[:_SHOWN]
    if not filled.reason:
        return Problem.NO_REASON, Column.REASON, ""
    if len(filled.reason) > TEXT_LIMIT:
        return Problem.TOO_LONG, Column.REASON, str(len(filled.reason))
    if filled.verdict == Verdict.PASSED and not filled.passed_to:
        return Problem.NO_PASSED, Column.PASSED_TO, ""
    return None


def _row(sheet: AnswerSheet, line: Line, stands: Saved) -> SheetRow:
    return SheetRow(
        sheet=sheet,
        number=line.number,
        subject=stands.subject,
        verdict=line.filled.verdict,
        passed_to=line.filled.passed_to,
        reason=line.filled.reason,
        stamp=stands.stamp,
    )


def _wrong(
    sheet: AnswerSheet,
    line: Line,
    problem: Problem,
    *,
    cell: str,
    detail: str = "",
    stands: Saved | None = None,
) -> SheetRow:
    return SheetRow(
        sheet=sheet,
        number=line.number,
        cell=cell,
        outcome=Outcome.ERROR,
        problem=problem,
        detail=detail,
        subject=stands.subject if stands else None,
    )
