"""A pile is told: its ticks in one tally of the question, each sheet that speaks as a contribution of its own."""

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.paper.cells import Cells
from democratic.participation.paper.days import said_at
from democratic.participation.paper.models import PaperBatch, PaperRow, PaperSheet, ScanPicture
from democratic.participation.paper.queries import options_in
from democratic.participation.polls.actions import Batch, enter_tally, verify_tally
from democratic.participation.processes.models import Process
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import ClaimSecret, Origin


def tell_batch(batch: PaperBatch, rows: Mapping[int, Cells], clock: Clock) -> None:
    """In the caller's transaction, under the lock of the batch. Its words stay in the contributions alone."""
    now = clock.now()
    _tally(batch, rows, clock)
    sheets = {row.number: row.sheet for row in batch.rows.filter(hand=1).select_related("sheet__run")}
    places = {number: sheet.run.place if sheet else "" for number, sheet in sheets.items()}
    _spend([sheet for sheet in sheets.values() if sheet is not None], clock)
    said = 0
    for number, cells in sorted(rows.items()):
        if cells.says:
            _say(batch, cells, sheets[number], clock)
            said += 1
    PaperSheet.objects.filter(rows__batch=batch).update(key_hash="")
    PaperRow.objects.filter(batch=batch).update(text="", first_name="", asks=[])
    ScanPicture.objects.filter(page__file__batch=batch).exclude(part="page").delete()
    ScanPicture.objects.filter(page__file__batch=batch, page__row=None).delete()
    batch.counted_at, batch.told = now, _told(rows, said, places)
    batch.save(update_fields=["counted_at", "told"])


def _tally(batch: PaperBatch, rows: Mapping[int, Cells], clock: Clock) -> None:
    """Of the sheets that tick one answer; entered by one hand and verified by the other, as every count by hand."""
    if batch.poll is None:
        return
    ranks = [rank for rank, _words in options_in(batch)]
    counts = Counter(ranks[cells.choice - 1] for cells in rows.values() if cells.choice)
    if not counts:
        return
    if batch.entered_by is None or batch.verified_by is None:
        raise Conflict(
            _("Un des deux comptes qui ont saisi ce lot a été fermé : jetez-le, et saisissez-le de nouveau.")
        )
    tally = enter_tally(
        poll=batch.poll,
        batch=Batch(Origin.PAPER, batch.name, counts),
        by=batch.entered_by,
        function=batch.entered_function,
        clock=clock,
    )
    verify_tally(
        tally=tally, counts=counts, by=batch.verified_by, function=batch.verified_function, clock=clock
    )


def _spend(sheets: list[PaperSheet], clock: Clock) -> None:
    """From now on a Record may bear their codes, and no other batch them. Conflict: one was told meanwhile."""
    wanted = [sheet.pk for sheet in sheets]
    if PaperSheet.objects.filter(pk__in=wanted, spent_at=None).update(spent_at=clock.now()) != len(wanted):
        raise Conflict(_("Une de ces feuilles a été comptée entre-temps dans un autre lot."))


def _say(batch: PaperBatch, cells: Cells, sheet: PaperSheet | None, clock: Clock) -> None:
    process: Process = batch.process
    receipt = submit_idea(
        process=process,
        author=welcome_guest(name=cells.first_name, age_band=cells.age),
        words=Words(text=cells.text, byline=cells.first_name),
        origin=Origin.PAPER,
        place=sheet.run.place if sheet else "",
        age_band=cells.age,
        happened_at=min(said_at(batch.process, batch.gathered_on), clock.now()),
        outside_stages=True,
        code=sheet.code if sheet else "",
        clock=clock,
    )
    if (
        sheet is not None and sheet.key_hash
    ):  # the key that is on her stub, in place of one that nobody was shown
        ClaimSecret.objects.filter(record=receipt.idea.record).update(secret_hash=sheet.key_hash)


def _told(rows: Mapping[int, Cells], said: int, places: Mapping[int, str]) -> dict[str, object]:
    everyone = list(rows.values())
    met = Counter((cells.age, places[number]) for number, cells in rows.items())
    return {
        "sheets": len(everyone),
        "ideas": said,
        "ticks": sum(bool(cells.choice) for cells in everyone),
        "void": sum(cells.choice == 0 for cells in everyone),
        "bodies": dict(Counter(cells.body for cells in everyone)),
        "ages": dict(Counter(cells.age for cells in everyone)),
        "met": [[age, place, n] for (age, place), n in sorted(met.items())],
    }
