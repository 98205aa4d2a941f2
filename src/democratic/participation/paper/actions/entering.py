"""The first hand: rows kept as they are typed, then looked at as a whole."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.ids import read_code
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.paper.actions.batches import MOST_SHEETS, locked, move, refuse_unless_first
from democratic.participation.paper.actions.lacking import Lacking, Unfinished
from democratic.participation.paper.actions.merging import Chosen, keep_what_was_read, merged
from democratic.participation.paper.cells import TICKED, Cells
from democratic.participation.paper.models import PaperBatch, PaperRow, PaperSheet, ScanPicture
from democratic.participation.paper.queries import cells_of, options_in
from democratic.participation.paper.states import BatchState
from democratic.participation.paper.telling import tell_batch
from democratic.people.models import Person
from democratic.thread.actions.records import TEXT_LIMIT

FIRST, SECOND = 1, 2


@transaction.atomic
def keep_draft(
    *,
    batch: PaperBatch,
    rows: Mapping[int, Cells],
    by: Person,
    seen: Mapping[int, str] | None = None,
    chosen: Chosen | None = None,
) -> None:
    """Keep what was typed so far, by number of line; a line emptied goes. ``seen`` and ``chosen``: see ``merged``."""
    found = locked(batch, BatchState.OPEN)
    refuse_unless_first(found, by)
    if seen is not None:
        rows = merged(found, rows, seen, chosen or {})
    write_rows(found, FIRST, keep_what_was_read(found, rows))


@transaction.atomic
def finish_entry(*, batch: PaperBatch, by: Person, clock: Clock) -> PaperBatch:
    """All its rows are whole: another hand enters it again, or it is told at once. Unfinished."""
    found, rows = _looked_over(batch, by)
    if found.is_checked:
        move(found, BatchState.ENTERED)
    else:
        tell_batch(found, rows, clock)
        move(found, BatchState.COUNTED)
    return found


@transaction.atomic
def look_over(*, batch: PaperBatch, by: Person) -> None:
    """Whether it may be finished; nothing moves. Unfinished."""
    _looked_over(batch, by)


def _looked_over(batch: PaperBatch, by: Person) -> tuple[PaperBatch, dict[int, Cells]]:
    found = locked(batch, BatchState.OPEN)
    refuse_unless_first(found, by)
    if found.scans.filter(is_read=False).exists():
        raise Conflict(_("La numérisation est encore en cours de lecture : attendez qu’elle finisse."))
    rows = cells_of(found, FIRST)
    if not rows:
        raise Refusal(_("Ce lot n’a encore aucune feuille."))
    lacking = [lack for number, cells in rows.items() if (lack := lacking_of(found, number, cells))]
    if lacking:
        raise Unfinished(lacking)
    return found, rows


def write_rows(batch: PaperBatch, hand: int, rows: Mapping[int, Cells]) -> None:
    """What may not be kept of a child is not, and its pictures go. Conflict: a sheet that is entered elsewhere."""
    if any(not 1 <= number <= MOST_SHEETS for number in rows):
        raise Refusal(_("Un lot tient 60 feuilles au plus."))
    kept = {row.number: row for row in PaperRow.objects.filter(batch=batch, hand=hand)}
    sheets = _sheets_named(batch, rows)
    for number, typed in rows.items():
        code = read_code(typed.code) or ""
        sheet, row = sheets.get(code), kept.get(number)
        cells = replace(typed, code=code).of_age(sheet.run.age if sheet else "").kept()
        if typed.is_empty and (row is None or not hasattr(row, "page")):
            if row is not None:
                row.delete()
            continue
        _write(row or PaperRow(batch=batch, hand=hand, number=number), cells, sheet)
    _forget_what_children_wrote(batch)


def _write(row: PaperRow, cells: Cells, sheet: PaperSheet | None) -> None:
    row.sheet = sheet
    row.age, row.choice, row.body, row.consents = cells.age, cells.choice, cells.body, cells.consents
    row.first_name = clean_line(cells.first_name)[:80]
    row.text = clean_text(cells.text)[:TEXT_LIMIT]
    row.asks = [name for name in row.asks if name in TICKED and getattr(cells, name) in ("", None)]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        if "a_paper_sheet_is_entered_once" not in str(clash):
            raise
        raise Conflict(
            _("La feuille %(code)s est déjà saisie, ici ou dans un autre lot.") % {"code": cells.code}
        ) from clash


def _sheets_named(batch: PaperBatch, rows: Mapping[int, Cells]) -> dict[str, PaperSheet]:
    """By their code, those of this process that nobody told yet. Unfinished: one that is none of ours."""
    typed = {number: cells.code for number, cells in rows.items() if cells.code.strip()}
    codes = {number: read_code(code) for number, code in typed.items()}
    found = PaperSheet.objects.select_related("run").filter(
        code__in=[code for code in codes.values() if code], run__process=batch.process_id
    )
    by_code = {sheet.code: sheet for sheet in found}
    wrong = [
        Lacking(number, {"code": why})
        for number, code in codes.items()
        if (why := _why_not(batch, by_code.get(code or "")))
    ]
    if wrong:
        raise Unfinished(wrong)
    return by_code


def _why_not(batch: PaperBatch, sheet: PaperSheet | None) -> str:
    if sheet is None:
        return gettext("Ce numéro n’est celui d’aucune feuille de cette concertation.")
    if sheet.spent_at is not None:
        return gettext("Cette feuille est déjà comptée.")
    if sheet.run.poll_id != batch.poll_id:
        return gettext("Cette feuille pose une autre question que ce lot.")
    return ""


def lacking_of(batch: PaperBatch, number: int, cells: Cells) -> Lacking | None:
    """What keeps a line from being whole; None when it is."""
    asked = options_in(batch)
    wrong = {name: gettext("À dire.") for name in cells.lacking(asks_choice=bool(asked))}
    if cells.choice is not None and not 0 <= cells.choice <= len(asked):
        wrong["choice"] = gettext("Ce n’est pas une des réponses.")
    return Lacking(number, wrong) if wrong else None


def _forget_what_children_wrote(batch: PaperBatch) -> None:
    """Once an age is known to be under 15, or unsaid, nobody looks at the handwriting any more."""
    ScanPicture.objects.filter(
        page__row__batch=batch, page__row__age__in=("unsaid", "under_15"), part__in=("text", "name")
    ).delete()
