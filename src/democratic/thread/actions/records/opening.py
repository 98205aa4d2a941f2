from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.ids import new_code, uuid7
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict
from democratic.kernel.text import clean_line
from democratic.thread.actions.entries import append_entry
from democratic.thread.actions.records.shown import index_words
from democratic.thread.actions.records.words import NewRecord
from democratic.thread.models import Audience, Authority, ClaimSecret, Record, Visibility, Wording

_TRIES = 5


@transaction.atomic
def open_record(new: NewRecord, *, clock: Clock) -> Record:
    """Write a Record with its first wording, its search row and its Entry (none for a draft)."""
    now, words = clock.now(), new.words.cleaned()
    record = Record(
        authority=new.authority,
        process=new.process,
        kind=new.kind,
        state=new.state,
        visibility=new.visibility,
        audience=new.audience or _public_audience(new.authority),
        author=new.author,
        byline=words.byline,
        origin=new.origin,
        place=clean_line(new.place)[:80],
        happened_at=new.happened_at or now,
        recorded_at=now,
        # The foreign key is checked at commit: the first wording is named before it is written.
        wording_id=uuid7(),
    )
    _insert_with_code(record, new.code)
    record.wording = Wording.objects.create(
        id=record.wording_id,
        record=record,
        version=1,
        language=words.language,
        title=words.title,
        text=words.text,
        created_at=now,
    )
    index_words(record, words)
    if new.visibility == Visibility.PUBLIC:
        append_entry(
            new.event,
            record=record,
            now=now,
            data={"kind": new.kind, "state": new.state, **new.data},
            words={"title": words.title, "text": words.text, "byline": words.byline, **new.extra_words},
            is_institutional=new.is_institutional,
        )
    return record


def _public_audience(authority: Authority) -> Audience:
    return Audience.objects.get(authority=authority, is_public=True)


def _insert_with_code(record: Record, given: str) -> None:
    for _attempt in range(1 if given else _TRIES):
        record.code = given or new_code()
        try:
            with transaction.atomic():
                record.save(force_insert=True)
        except IntegrityError as clash:
            if "code" not in str(clash):
                raise
        else:
            return
    raise Conflict(_("Aucun numéro de suivi libre n’a été trouvé. Réessayez."))


def keep_claim_secret(record: Record, secret: str) -> None:
    ClaimSecret.objects.create(record=record, secret_hash=keyed_hash("claim", secret))
