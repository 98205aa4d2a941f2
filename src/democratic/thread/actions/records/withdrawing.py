"""Taken back by its author, or withdrawn by the authority: two public lines, never mixed."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel import pages
from democratic.kernel.clock import Clock
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.thread.actions.entries import append_entry
from democratic.thread.actions.records.shown import bump_pages_of
from democratic.thread.events import AUTHORITY_WITHDREW, RECORD_WITHDRAWN_BY_AUTHOR
from democratic.thread.models import Link, Record, RecordPoint, RecordSearch, Visibility, Withdrawal


@transaction.atomic
def withdraw_own(*, record: Record, clock: Clock) -> None:
    """The author takes back what she said: a separate public line stays, without her words."""
    before = Record.objects.select_for_update().values_list("visibility", flat=True).get(pk=record.pk)
    if before not in (Visibility.PUBLIC, Visibility.HELD):
        raise Conflict(_("Cette parole a déjà été retirée."))
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.WITHDRAWN)
    record.visibility = Visibility.WITHDRAWN
    RecordSearch.objects.filter(record=record).delete()
    RecordPoint.objects.filter(record=record).delete()
    if before == Visibility.PUBLIC:  # what waited to be read was never told
        append_entry(RECORD_WITHDRAWN_BY_AUTHOR, record=record, now=clock.now(), data={"kind": record.kind})
    note_erasure(ErasureKind.WITHDRAWN, [record.pk])
    bump_pages_of(record)


@transaction.atomic
def withdraw_by_authority(*, record: Record, reason: str, function: str, clock: Clock) -> Withdrawal:
    """A *retrait*: nobody deletes an order, an answer or an engagement; this line is permanent and public."""
    why = clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : le motif d’un retrait est public."), field="reason")
    now = clock.now()
    Record.objects.select_for_update().get(pk=record.pk)
    if Withdrawal.objects.filter(record=record).exists():
        raise Conflict(_("Ce retrait a déjà été publié."))
    withdrawal = Withdrawal.objects.create(
        record=record, reason=why, function=clean_line(function)[:200], withdrawn_at=now
    )
    append_entry(
        AUTHORITY_WITHDREW,
        record=record,
        now=now,
        data={"kind": record.kind},
        words={"reason": why, "function": withdrawal.function},
        is_institutional=True,
    )
    bump_pages_of(record)
    # What follows from it says so too: a process shows that its order was withdrawn.
    pages.bump(Link.objects.filter(source=record, ended_by=None).values_list("target", flat=True))
    return withdrawal


def refuse_if_withdrawn(record: Record) -> None:
    """Under a *retrait* the page stays as it was that day: nothing more is promised, moved or shown there."""
    if Withdrawal.objects.filter(record=record).exists():
        raise Conflict(_("C’est retiré en public : plus rien n’y change."))
