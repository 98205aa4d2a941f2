"""A new epoch: the public act by which a journal goes on after its database was restored."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civics.ledger.heads import Head, SignedHead
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.thread.actions.entries import append_entry
from democratic.thread.events import EPOCH_OPENED
from democratic.thread.journal.heads import StoredHead, lock_head, swap_head
from democratic.thread.journal.outside import BehindOutsideHead, read_outside, refuse_if_behind
from democratic.thread.models import Authority, Entry


@transaction.atomic
def new_epoch(*, reason: str, clock: Clock) -> Entry:
    """Go on from what the database holds. What was signed and is lost is stated in the Entry itself.

    The sequencer, running or not, signs the first head of the epoch by itself.
    """
    why = clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : le motif d’une nouvelle époque est public."), field="reason")
    authority = Authority.objects.order_by("pk").first()
    if authority is None:
        raise Conflict(_("Le journal est vide : aucune époque à ouvrir."))
    head, outside = lock_head(), read_outside()
    epoch = max(head.epoch, outside.head.epoch if outside else 0) + 1
    swap_head(head, StoredHead(epoch, head.frontier))
    return append_entry(
        EPOCH_OPENED,
        record=None,
        authority=authority,
        now=clock.now(),
        data={"epoch": epoch, "continues": _said(head), "lost": _lost(head, outside)},
        words={"reason": why},
        is_institutional=True,
    )


def _lost(head: StoredHead, outside: SignedHead | None) -> dict[str, Any] | None:
    """The head that was signed and that the database does not continue."""
    try:
        refuse_if_behind(head)
    except BehindOutsideHead:
        return _said(outside.head) if outside else None
    return None


def _said(head: StoredHead | Head) -> dict[str, Any]:
    return {"epoch": head.epoch, "size": head.size, "root": head.root.hex()}
