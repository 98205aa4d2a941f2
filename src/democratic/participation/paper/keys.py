"""The keys of stubs: drawn when the PDF is taken, printed there, and kept here as prints alone.

Whoever prepared a run takes them once. A download may fail: for ten minutes she may draw others, in place of the first.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.ids import new_claim_secret
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict, NotAllowed
from democratic.participation.paper.models import PaperSheet, PrintRun
from democratic.people.models import Person

AGAIN = timedelta(minutes=10)


def may_draw(run: PrintRun, by: Person, now: datetime) -> bool:
    """Whether she may take the keys of this run now, as far as it tells by itself."""
    return run.printed_by_id == by.pk and (run.keys_drawn_at is None or now - run.keys_drawn_at <= AGAIN)


@transaction.atomic
def draw_keys(*, run: PrintRun, by: Person, clock: Clock) -> dict[int, str]:
    """By serial, in words that nobody is given again. Those that were drawn before open nothing any more."""
    found = PrintRun.objects.select_for_update().get(pk=run.pk)
    if found.printed_by_id != by.pk:
        raise NotAllowed(
            _("Les clés sont pour la personne qui a préparé ces feuilles : préparez les vôtres.")
        )
    sheets = list(PaperSheet.objects.select_for_update().filter(run=found).order_by("serial"))
    if not may_draw(found, by, clock.now()) or any(sheet.spent_at for sheet in sheets):
        raise Conflict(
            _(
                "Les clés de ces feuilles ont déjà été imprimées : elles ne le sont qu’une fois. Préparez d’autres feuilles."
            )
        )
    keys = {sheet.serial: new_claim_secret() for sheet in sheets}
    for sheet in sheets:
        sheet.key_hash = keyed_hash("claim", keys[sheet.serial])
    PaperSheet.objects.bulk_update(sheets, ["key_hash"])
    if found.keys_drawn_at is None:
        found.keys_drawn_at = clock.now()
        found.save(update_fields=["keys_drawn_at"])
    return keys
