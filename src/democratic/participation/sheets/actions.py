"""What an agent does with a sheet: send it, choose where it conflicts, have it written, or drop it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.processes.models import Process
from democratic.participation.sheets.models import AnswerSheet, SheetContent, SheetRow
from democratic.participation.sheets.problems import Fault
from democratic.participation.sheets.states import AT_WORK, NEXT, Choice, Outcome, SheetState
from democratic.participation.sheets.zipped import MOST_BYTES
from democratic.people.models import Person

MOST_AT_WORK = 5  # of one process: who taps again and again waits for the first


@transaction.atomic
def receive_sheet(
    *, process: Process, uploader: Person, name: str, chunks: Iterable[bytes], clock: Clock
) -> AnswerSheet:
    """Keep what was sent, for the worker to read; nothing of it is opened here."""
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MOST_BYTES:
            raise Refusal(Fault.HEAVY.label, field="sheet")
    if not bytes(content).strip():
        raise Refusal(Fault.EMPTY.label, field="sheet")
    Process.objects.select_for_update().get(pk=process.pk)
    if AnswerSheet.objects.filter(process=process, state__in=AT_WORK).count() >= MOST_AT_WORK:
        raise Conflict(_("Cinq feuilles sont déjà en cours de lecture. Attendez que l’une soit lue."))
    sheet = AnswerSheet.objects.create(
        process=process,
        uploader=uploader,
        name=clean_line(name)[-120:] or str(_("Feuille sans nom")),
        received_at=clock.now(),
    )
    SheetContent.objects.create(sheet=sheet, content=bytes(content))
    return sheet


@transaction.atomic
def choose(*, sheet: AnswerSheet, choices: Mapping[UUID, tuple[Choice, int]]) -> int:
    """Between the sheet and what is saved, for each of these lines. Returns how many were chosen.

    The number is the stamp of what was shown beside: what is written later still is a conflict again.
    """
    _locked(sheet, SheetState.READY, SheetState.DONE)
    rows = SheetRow.objects.filter(sheet=sheet, outcome=Outcome.CONFLICT, answer=None, pk__in=choices)
    chosen = list(rows)
    for row in chosen:
        choice, stamp = choices[row.pk]
        row.choice, row.stamp = choice, stamp
    SheetRow.objects.bulk_update(chosen, ["choice", "stamp"])
    return len(chosen)


@transaction.atomic
def apply_sheet(*, sheet: AnswerSheet, clock: Clock) -> AnswerSheet:
    """Have the worker write its lines as drafts; a conflict for which nobody chose leaves what is saved."""
    locked = _locked(sheet, SheetState.READY, SheetState.DONE)
    refuse_unless_in_office(locked.process.mandate.answerer)
    locked.state, locked.applied_to, locked.held_until = (
        SheetState.APPLYING,
        0,
        clock.now() - timedelta(seconds=1),
    )
    locked.tries = 0
    locked.save(update_fields=["state", "applied_to", "held_until", "tries"])
    return locked


@transaction.atomic
def drop_sheet(*, sheet: AnswerSheet) -> AnswerSheet:
    """Nothing of it is written."""
    locked = AnswerSheet.objects.select_for_update().get(pk=sheet.pk)
    if SheetState.DROPPED not in NEXT[SheetState(locked.state)]:
        raise Conflict(_("Cette feuille est déjà écrite, ou close."))
    locked.state = SheetState.DROPPED
    locked.save(update_fields=["state"])
    SheetContent.objects.filter(sheet=locked).delete()
    SheetRow.objects.filter(sheet=locked).delete()
    return locked


def _locked(sheet: AnswerSheet, *states: SheetState) -> AnswerSheet:
    rows = AnswerSheet.objects.select_for_update(of=("self",)).select_related("process__mandate__answerer")
    locked = rows.get(pk=sheet.pk)
    if locked.state not in states:
        raise Conflict(_("Cette feuille n’est pas prête : rechargez la page."))
    return locked
