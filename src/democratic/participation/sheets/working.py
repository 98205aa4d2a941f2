"""What the worker does with sheets. Each batch is one transaction that moves a cursor: killed anywhere, it goes on.

A worker holds a sheet for a moment, and longer with each batch; one that was killed lets it go by itself. Should
two hold it all the same, the cursor tells: the batch of who comes second is not where it should be, and is left.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from democratic.kernel.clock import Clock
from democratic.kernel.copying import copy_rows
from democratic.kernel.refusals import Refusal
from democratic.participation.answers.drafting import AnswerDraft
from democratic.participation.answers.many import Result, Wanted, write_drafts
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.sheets.lines import Line, read_lines
from democratic.participation.sheets.models import AnswerSheet, SheetContent, SheetRow
from democratic.participation.sheets.problems import Fault, Problem, SheetRefused
from democratic.participation.sheets.queries import drafts_of
from democratic.participation.sheets.reading import compare, note_seen
from democratic.participation.sheets.states import AT_WORK, Choice, Outcome, SheetState

logger = logging.getLogger(__name__)

READ_BATCH, WRITE_BATCH = 1000, 500
_WRITTEN = """
update participation_sheetrow r set answer_id = w.answer
from unnest(%s::uuid[], %s::uuid[]) w(row, answer) where r.id = w.row
"""
# All that a draft is made of: a Record has twice as many columns.
_WRITES = ("number", "outcome", "problem", "verdict", "passed_to", "reason", "stamp", "choice", "subject")
_TITLE = ("subject__wording_id", "subject__wording__title", "subject__wording__language")
HELD_FOR = timedelta(seconds=20)
MOST_TRIES = 5


def work(clock: Clock) -> int:
    """Read and write whatever waits. Returns how many sheets were looked at."""
    done = 0
    while sheet := _take(clock):
        if sheet.tries > MOST_TRIES:
            _give_up(sheet)
        elif sheet.state == SheetState.APPLYING:
            _write(sheet, clock)
        else:
            _read(sheet, clock)
        done += 1
    return done


@transaction.atomic
def _take(clock: Clock) -> AnswerSheet | None:
    now = clock.now()
    waiting = AnswerSheet.objects.select_for_update(skip_locked=True).filter(
        Q(held_until=None) | Q(held_until__lt=now), state__in=AT_WORK
    )
    taken = waiting.order_by("received_at").first()
    if taken is None:
        return None
    if taken.state == SheetState.RECEIVED:
        taken.state = SheetState.READING
    taken.held_until, taken.tries = now + HELD_FOR, taken.tries + 1
    taken.save(update_fields=["state", "held_until", "tries"])
    return AnswerSheet.objects.select_related(
        "process__record__authority", "process__mandate__answerer", "uploader"
    ).get(pk=taken.pk)


def _give_up(sheet: AnswerSheet) -> None:
    """It ended the worker each time that it was taken: refused, or given back to the agent with what is left."""
    if sheet.state == SheetState.READING:
        _close(sheet, SheetState.REFUSED, fault=Fault.BROKEN)
    else:
        AnswerSheet.objects.filter(pk=sheet.pk, state=SheetState.APPLYING).update(state=SheetState.DONE)
    logger.error("sheets: %s was given up after %d tries", sheet.pk, sheet.tries - 1)


def _read(sheet: AnswerSheet, clock: Clock) -> None:
    content = SheetContent.objects.get(sheet=sheet).content
    try:
        found = read_lines(bytes(content))
        AnswerSheet.objects.filter(pk=sheet.pk).update(lines=found.lines)
        _read_batches(sheet, found.each, clock)
    except SheetRefused as refused:
        _close(sheet, SheetState.REFUSED, fault=refused.fault)


def _read_batches(sheet: AnswerSheet, lines: Iterator[Line], clock: Clock) -> None:
    read, seen = 0, dict[str, int]()
    for batch in _batches(lines, READ_BATCH):
        if read + len(batch) <= sheet.lines_read:
            note_seen(batch, seen)
            read += len(batch)
            continue
        read += len(batch)
        if not _keep(sheet, batch, read, seen, clock):
            return
    _close(sheet, SheetState.READY, lines=read)


def _batches(lines: Iterator[Line], size: int) -> Iterator[list[Line]]:
    while batch := list(islice(lines, size)):
        yield batch


@transaction.atomic
def _keep(sheet: AnswerSheet, batch: list[Line], read: int, seen: dict[str, int], clock: Clock) -> bool:
    """False: it was dropped meanwhile, or another worker is at it."""
    locked = AnswerSheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.state != SheetState.READING or locked.lines_read != read - len(batch):
        return False
    compared = compare(sheet, batch, seen)
    copy_rows(compared.rows)
    AnswerSheet.objects.filter(pk=sheet.pk).update(
        lines_read=read,
        unchanged=F("unchanged") + compared.unchanged,
        empty=F("empty") + compared.empty,
        held_until=clock.now() + HELD_FOR,
        tries=0,
    )
    return True


@transaction.atomic
def _close(sheet: AnswerSheet, state: SheetState, **more: object) -> None:
    """Read to its end, or refused: the bytes have served."""
    closed = AnswerSheet.objects.filter(pk=sheet.pk, state=SheetState.READING).update(state=state, **more)
    if closed:
        SheetContent.objects.filter(sheet=sheet).delete()
        logger.info("sheets: %s is %s", sheet.pk, state)


def _write(sheet: AnswerSheet, clock: Clock) -> None:
    applied_to: int | None = sheet.applied_to
    while applied_to is not None:
        applied_to = _write_batch(sheet, applied_to, clock)


@transaction.atomic
def _write_batch(sheet: AnswerSheet, applied_to: int, clock: Clock) -> int | None:
    """The line to which it is written now; None when all is, or another worker is at it."""
    locked = AnswerSheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.state != SheetState.APPLYING or locked.applied_to != applied_to:
        return None
    rows = list(_to_write(sheet, applied_to)[:WRITE_BATCH])
    if not rows:
        AnswerSheet.objects.filter(pk=sheet.pk).update(state=SheetState.DONE)
        logger.info("sheets: %s is written, %d drafts", sheet.pk, locked.written)
        return None
    written = _write_rows(sheet, rows, clock)
    AnswerSheet.objects.filter(pk=sheet.pk).update(
        applied_to=rows[-1].number, written=F("written") + written, held_until=clock.now() + HELD_FOR, tries=0
    )
    return rows[-1].number


def _to_write(sheet: AnswerSheet, applied_to: int) -> QuerySet[SheetRow]:
    agreed = Q(outcome__in=(Outcome.NEW, Outcome.CHANGED)) | Q(outcome=Outcome.CONFLICT, choice=Choice.SHEET)
    rows = SheetRow.objects.filter(agreed, sheet=sheet, number__gt=applied_to, answer=None)
    return rows.select_related("subject__wording").only(*_WRITES, *_TITLE).order_by("number")


def _write_rows(sheet: AnswerSheet, rows: list[SheetRow], clock: Clock) -> int:
    drafts = drafts_of([row.about for row in rows])
    wanted = [Wanted(row.about, _draft(sheet, row, drafts.get(row.about)), row.stamp) for row in rows]
    try:
        result = write_drafts(process=sheet.process, wanted=wanted, author=sheet.uploader, clock=clock)
    except Refusal:  # who was to sign has left office since the sheet was applied
        result = Result(closed=set())
        for row in rows:
            row.outcome, row.problem = Outcome.ERROR, Problem.SIGNER
    _note_written(rows, result)
    left = [row for row in rows if row.about not in result.written]
    for row in left:
        _note_left(row, result)
    SheetRow.objects.bulk_update(left, ["outcome", "choice", "stamp", "problem"])
    return len(result.written)


def _note_written(rows: list[SheetRow], result: Result) -> None:
    """In one statement: there are hundreds of them."""
    pairs = [(row.pk, result.written[row.about].pk) for row in rows if row.about in result.written]
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [[row for row, _answer in pairs], [answer for _row, answer in pairs]])


def _draft(sheet: AnswerSheet, row: SheetRow, begun: Answer | None) -> AnswerDraft:
    signer = begun.signer if begun else sheet.process.mandate.answerer
    return AnswerDraft(
        Verdict(row.verdict),
        row.reason,
        signer,
        title=row.subject.title if row.subject else "",
        passed_to=row.passed_to,
    )


def _note_left(row: SheetRow, result: Result) -> None:
    if row.about in result.moved:
        row.outcome, row.choice, row.stamp = Outcome.CONFLICT, Choice.NONE, result.moved[row.about]
    elif row.about in result.closed:
        row.outcome, row.problem = Outcome.ERROR, Problem.CLOSED
