from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.thread.actions.entries import append_entry
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.events import WORDS_ERASED
from democratic.thread.models import Opening, Record, RecordSearch, Visibility, Wording


@transaction.atomic
def erase_words(*, record: Record, clock: Clock) -> None:
    """Erase what a person said: wordings, search and openings go, and with each opening its salt.

    The Entries stay with their commitments, which nobody can open any more: every proof is still valid.
    """
    locked = Record.objects.select_for_update().get(pk=record.pk)
    Opening.objects.filter(entry__record=record).delete()
    Wording.objects.filter(record=record).update(title="", text="")
    RecordSearch.objects.filter(record=record).delete()
    was_public = locked.visibility == Visibility.PUBLIC
    Record.objects.filter(pk=record.pk).update(byline="", author=None, visibility=Visibility.WITHDRAWN)
    append_entry(
        WORDS_ERASED, record=record, now=clock.now(), data={"kind": record.kind, "was_public": was_public}
    )
    note_erasure(ErasureKind.WORDS, [record.pk])
    bump_pages_of(record)
