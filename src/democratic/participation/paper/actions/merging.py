"""What was typed meets what stands now. A scan fills lines in while somebody types: neither erases the other."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, replace
from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from democratic.kernel.ids import read_code
from democratic.kernel.refusals import Conflict
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.paper.actions.batches import MOST_SHEETS
from democratic.participation.paper.actions.lacking import Lacking, Unfinished
from democratic.participation.paper.cells import Cells
from democratic.participation.paper.models import PaperBatch, PaperRow
from democratic.participation.paper.queries import cells_of
from democratic.thread.actions.records import TEXT_LIMIT

_FIRST = 1  # the first hand


class Take(StrEnum):
    """Of a line where two things were said: what stands, what was typed, or that on the first free line."""

    SAVED = "saved"
    TYPED = "typed"
    BOTH = "both"


Chosen = Mapping[int, tuple[str, str]]  # by line: a Take, and the stamp of what stood when it was chosen


class LinesMoved(Conflict):
    """``saved``: what stands on each line that was typed here and filled in elsewhere meanwhile."""

    def __init__(self, saved: Mapping[int, Cells]) -> None:
        super().__init__(
            _(
                "Ces lignes ont été remplies pendant que vous tapiez. Rien n’est perdu : choisissez pour chacune."
            )
        )
        self.saved = saved


def stamp_of(cells: Cells) -> str:
    """The same for what is kept alike, however it was typed."""
    said = replace(
        cells,
        code=read_code(cells.code) or cells.code.strip(),
        first_name=clean_line(cells.first_name)[:80],
        text=clean_text(cells.text)[:TEXT_LIMIT],
    ).kept()
    return hashlib.sha256(json.dumps(astuple(said)).encode()).hexdigest()[:16]


NOTHING = stamp_of(Cells())


def merged(
    batch: PaperBatch, typed: Mapping[int, Cells], seen: Mapping[int, str], chosen: Chosen
) -> dict[int, Cells]:
    """The lines to write. ``seen``: the stamp of each as the page showed it. LinesMoved."""
    now = cells_of(batch, _FIRST)
    found: dict[int, Cells] = {}
    moved: dict[int, Cells] = {}
    beside: list[Cells] = []
    for number, cells in typed.items():
        was, stands, says = (
            seen.get(number, NOTHING),
            stamp_of(now.get(number, Cells())),
            stamp_of(cells),
        )
        if says in (was, stands):
            continue  # nothing was changed here
        take, of = chosen.get(number, ("", ""))
        if stands == was or (take, of) == (Take.TYPED, stands):
            found[number] = cells
        elif (take, of) == (Take.BOTH, stands):
            beside.append(cells)
        elif (take, of) != (Take.SAVED, stands):
            moved[number] = now.get(number, Cells())
    if moved:
        raise LinesMoved(moved)
    free = [n for n in range(1, MOST_SHEETS + 1) if n not in now and n not in found]
    if len(beside) > len(free):
        raise Conflict(_("Un lot tient 60 feuilles au plus : mettez les suivantes dans un autre lot."))
    return found | dict(zip(free, beside, strict=False))


def keep_what_was_read(batch: PaperBatch, rows: Mapping[int, Cells]) -> dict[int, Cells]:
    """A line that a scan filled in stays of its sheet, whatever is typed there: it counts once. Unfinished."""
    scanned = PaperRow.objects.filter(batch=batch, hand=_FIRST, page__isnull=False).exclude(sheet=None)
    codes = dict(scanned.filter(number__in=rows).values_list("number", "sheet__code"))
    wrong = [
        Lacking(
            number,
            {"code": gettext("La machine a lu %(code)s sur cette feuille : laissez-le.") % {"code": code}},
        )
        for number, code in codes.items()
        if rows[number].code.strip() and read_code(rows[number].code) != code
    ]
    if wrong:
        raise Unfinished(wrong)
    return {number: replace(cells, code=codes.get(number, cells.code)) for number, cells in rows.items()}
