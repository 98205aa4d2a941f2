from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.commitments.actions.records import lock_record
from democratic.participation.commitments.events import PROGRESS_TOLD
from democratic.participation.obligations.models import Obligation
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import Record


@transaction.atomic
def tell_progress(*, record: Record, note: str, function: str, clock: Clock) -> None:
    """A *point d'étape*: where a commitment or an action stands, in public, when nothing else changes."""
    locked, said = lock_record(record.pk), clean_text(note)
    if not said:
        raise Refusal(_("Dites où l’on en est : cette ligne est publique."), field="note")
    if not Obligation.objects.filter(record=locked, owed=locked.kind, met_on=None, ended_on=None).exists():
        raise Conflict(_("Plus rien n’est attendu ici : c’est tenu, ou abandonné en public."))
    append_entry(
        PROGRESS_TOLD,
        record=locked,
        now=clock.now(),
        data={"state": locked.state},
        words={"note": said, "function": clean_line(function)},
        is_institutional=True,
    )
    bump_pages_of(locked)
