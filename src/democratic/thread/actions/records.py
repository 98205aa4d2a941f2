from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel import pages
from democratic.kernel.clock import Clock
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.ids import new_code, uuid7
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.people.models import Person
from democratic.thread.actions.entries import append_entry
from democratic.thread.events import (
    AUTHORITY_WITHDREW,
    RECORD_REWORDED,
    RECORD_WITHDRAWN_BY_AUTHOR,
    Event,
)
from democratic.thread.models import (
    Audience,
    Authority,
    ClaimSecret,
    Kind,
    Link,
    Origin,
    Record,
    RecordPoint,
    RecordSearch,
    Visibility,
    Withdrawal,
    Wording,
)

TITLE_LIMIT, TEXT_LIMIT = 200, 10_000
_TRIES = 5

_INDEX = """
insert into thread_recordsearch (record_id, vector) values (
  %s, setweight(to_tsvector('fr', %s), 'A') || setweight(to_tsvector('fr', %s), 'B'))
on conflict (record_id) do update set vector = excluded.vector
"""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said: title, text, language, and a byline (a first name, a function, or nothing)."""

    title: str = ""
    text: str = ""
    language: str = "fr"
    byline: str = ""

    def cleaned(self) -> "Words":
        """Made safe to keep. Refusals name the field at fault; nothing is cut silently."""
        title, text = clean_line(self.title), clean_text(self.text)
        if len(title) > TITLE_LIMIT:
            raise Refusal(
                _("Ce titre a %(n)d signes ; il en faut 200 au plus.") % {"n": len(title)}, field="title"
            )
        if len(text) > TEXT_LIMIT:
            raise Refusal(
                _("Ce texte a %(n)d signes ; il en faut 10 000 au plus. Coupez-le en plusieurs idées.")
                % {"n": len(text)},
                field="text",
            )
        return Words(title, text, self.language, clean_line(self.byline)[:120])


@dataclass(frozen=True, slots=True)
class NewRecord:
    """Everything that a Record is born with. ``happened_at``: when it was said, if earlier than now."""

    authority: Authority
    kind: Kind
    words: Words
    event: Event
    process: Record | None = None
    author: Person | None = None
    origin: Origin = Origin.WEB
    state: str = ""
    place: str = ""
    visibility: Visibility = Visibility.PUBLIC
    happened_at: datetime | None = None
    is_institutional: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)
    extra_words: Mapping[str, Any] = field(default_factory=dict)
    audience: Audience | None = None


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
    _insert_with_code(record)
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


def _insert_with_code(record: Record) -> None:
    for _attempt in range(_TRIES):
        record.code = new_code()
        try:
            with transaction.atomic():
                record.save(force_insert=True)
        except IntegrityError as clash:
            if "code" not in str(clash):
                raise
        else:
            return
    raise Conflict(_("Aucun numéro de suivi libre n’a été trouvé. Réessayez."))


def index_words(record: Record, words: Words) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INDEX, [record.pk, words.title, words.text])


def keep_claim_secret(record: Record, secret: str) -> None:
    ClaimSecret.objects.create(record=record, secret_hash=keyed_hash("claim", secret))


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


def set_state(record: Record, state: str) -> None:
    """Copy a new state to the Record, for facets; the Entry is the caller's."""
    Record.objects.filter(pk=record.pk).update(state=state)
    record.state = state


def bump_pages_of(record: Record) -> None:
    """What is shown changed: make stored pages stale in this transaction, so that nothing gone is shown."""
    pages.bump([record.authority_id, record.process_id or record.pk])


@transaction.atomic
def withdraw_own(*, record: Record, clock: Clock) -> None:
    """The author takes back what she said: a separate public line stays, without her words."""
    changed = Record.objects.filter(pk=record.pk, visibility=Visibility.PUBLIC).update(
        visibility=Visibility.WITHDRAWN
    )
    if not changed:
        raise Conflict(_("Cette parole a déjà été retirée."))
    record.visibility = Visibility.WITHDRAWN
    RecordSearch.objects.filter(record=record).delete()
    RecordPoint.objects.filter(record=record).delete()
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
