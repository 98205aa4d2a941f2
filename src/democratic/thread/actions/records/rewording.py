from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.thread.actions.entries import append_entry
from democratic.thread.actions.records.shown import bump_pages_of, index_words
from democratic.thread.actions.records.words import Words
from democratic.thread.events import RECORD_REWORDED
from democratic.thread.models import Record, Visibility, Wording


@transaction.atomic
def reword_record(*, record: Record, words: Words, clock: Clock, is_institutional: bool = False) -> Wording:
    """Add a version; the earlier ones stay readable."""
    said, now = words.cleaned(), clock.now()
    locked = Record.objects.select_for_update().get(pk=record.pk)
    last = Wording.objects.filter(record=record, language=said.language).order_by("-version").first()
    wording = Wording.objects.create(
        record=record,
        version=last.version + 1 if last else 1,
        language=said.language,
        title=said.title,
        text=said.text,
        created_at=now,
    )
    Record.objects.filter(pk=record.pk).update(wording=wording)
    record.wording = wording
    index_words(record, said)
    if locked.visibility == Visibility.PUBLIC:
        append_entry(
            RECORD_REWORDED,
            record=record,
            now=now,
            data={"version": wording.version},
            words={"title": said.title, "text": said.text},
            is_institutional=is_institutional,
        )
        bump_pages_of(record)
    return wording
