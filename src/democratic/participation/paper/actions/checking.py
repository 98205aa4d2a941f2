"""The second hand: it sees no tick of the first. What differs is shown cell by cell, and settled on the paper itself."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.paper.actions.batches import locked, move
from democratic.participation.paper.actions.entering import FIRST, SECOND, lacking_of
from democratic.participation.paper.actions.lacking import Unfinished
from democratic.participation.paper.cells import TICKED, Cells
from democratic.participation.paper.models import PaperBatch, PaperRow
from democratic.participation.paper.queries import ages_said_of_all, cells_of, differences_of
from democratic.participation.paper.states import BatchState
from democratic.participation.paper.telling import tell_batch
from democratic.people.models import Person


@transaction.atomic
def check_entry(
    *, batch: PaperBatch, sheets: int, rows: Mapping[int, Cells], by: Person, function: str, clock: Clock
) -> PaperBatch:
    """``sheets``: how many she holds. Told at once when both hands agree on every tick; else they differ."""
    found = locked(batch, BatchState.ENTERED)
    if found.entered_by_id == by.pk:
        raise NotAllowed(_("Une autre personne que vous doit ressaisir ce lot."))
    first = cells_of(found, FIRST)
    if sheets != len(first):
        raise Conflict(
            _("La première saisie n’a pas le même nombre de feuilles : recomptez la liasse ensemble."),
            field="sheets",
        )
    ages = ages_said_of_all(found)
    second = {number: rows.get(number, Cells()).of_age(ages.get(number, "")) for number in first}
    if missing := [lack for number in first if (lack := lacking_of(found, number, second[number]))]:
        raise Unfinished(missing)
    PaperRow.objects.filter(batch=found, hand=SECOND).delete()
    PaperRow.objects.bulk_create([_second(found, number, second[number]) for number in first])
    found.verified_by, found.verified_function = by, clean_line(function)[:200]
    found.save(update_fields=["verified_by", "verified_function"])
    if differences_of(found):
        move(found, BatchState.DIFFERS)
    else:
        tell_batch(found, first, clock)
        move(found, BatchState.COUNTED)
    return found


def _second(batch: PaperBatch, number: int, cells: Cells) -> PaperRow:
    """Ticks alone: words are written once. Its sheet is known by the first hand's row."""
    ticked = {name: getattr(cells, name) for name in TICKED}
    return PaperRow(batch=batch, hand=SECOND, number=number, **ticked)


@transaction.atomic
def settle_differences(
    *, batch: PaperBatch, chosen: Mapping[tuple[int, str], int], by: Person, clock: Clock
) -> PaperBatch:
    """For each cell that differs, the hand (1 or 2) that read the paper right: nobody says so of her own. Told once none
    is left; a cell that is not in ``chosen`` waits for somebody else.
    """
    found = locked(batch, BatchState.DIFFERS)
    own = hand_of(found, by)
    rows = {(row.number, row.hand): row for row in PaperRow.objects.filter(batch=found)}
    settled = 0
    for each in differences_of(found):
        hand = chosen.get((each.number, each.cell))
        if hand is None:
            continue
        if hand not in (FIRST, SECOND):
            raise Refusal(_("Choisissez, pour chaque case, ce que dit la feuille."))
        if hand == own:
            raise NotAllowed(_("Une autre personne que vous doit dire que votre saisie est la bonne."))
        right = getattr(rows[each.number, hand], each.cell)
        for row in (rows[each.number, FIRST], rows[each.number, SECOND]):
            setattr(row, each.cell, right)
        settled += 1
    if not settled:
        raise Refusal(_("Choisissez au moins une case, ou laissez une autre personne regarder."))
    for row in rows.values():
        if row.age in ("unsaid", "under_15"):
            row.first_name = row.text = ""
        row.save(update_fields=[*TICKED, "first_name", "text"])
    if not differences_of(found):
        tell_batch(found, cells_of(found, FIRST), clock)
        move(found, BatchState.COUNTED)
    return found


def hand_of(batch: PaperBatch, person: Person) -> int:
    """Which of the two entries is hers; 0: neither."""
    return {batch.verified_by_id: SECOND, batch.entered_by_id: FIRST}.get(person.pk, 0)
