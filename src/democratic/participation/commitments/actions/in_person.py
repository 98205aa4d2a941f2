"""What an elected person promises on the spot, face to face: noted by an agent, public once she has accepted it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official
from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.commitments.actions.promising import (
    Work,
    make_commitment,
    refuse_a_day_gone_by,
)
from democratic.participation.commitments.actions.records import lock_record
from democratic.participation.commitments.events import DECISION_PUBLISHED
from democratic.participation.commitments.models import Commitment, Decision, GivenWord
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import NewRecord, Words, append_entry, open_record
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import Kind, Origin, Record, Visibility


@dataclass(frozen=True, slots=True)
class Promised:
    """``given_on`` and ``reference``: when and where she gave her word; ``signature``: the name that she signed with."""

    official: Official
    words: Words
    due_on: date
    given_on: date
    reference: str
    signature: str = ""


@transaction.atomic
def note_given_word(
    *, process: Process, promised: Promised, author: Person | None, clock: Clock
) -> GivenWord:
    """A draft decision: nothing is public of it, and no Entry is written."""
    refuse_unless_in_office(promised.official, field="official")
    refuse_a_day_gone_by(Work(process.mandate.service, promised.due_on), process, clock)
    record = open_record(
        NewRecord(
            authority=process.record.authority,
            kind=Kind.DECISION,
            process=process.record,
            words=promised.words,
            event=DECISION_PUBLISHED,
            author=author,
            origin=Origin.STREET,
            state="decided",
            visibility=Visibility.DRAFT,
            is_institutional=True,
        ),
        clock=clock,
    )
    return GivenWord.objects.create(
        record=record,
        process=process,
        official=promised.official,
        due_on=promised.due_on,
        given_on=promised.given_on,
        reference=promised.reference[:120],
        signature=promised.signature[:100],
    )


@transaction.atomic
def publish_given_word(*, word: GivenWord, clock: Clock) -> Commitment:
    """Her word is the decision: no assembly voted, and no stage is waited for. The caller knows that she accepts."""
    record, official, process = lock_record(word.record_id), word.official, word.process
    if record.visibility != Visibility.DRAFT:
        raise Conflict(_("Cet engagement est déjà publié."))
    refuse_unless_in_office(official, field="official")
    now, said_by = clock.now(), f"{official.name}, {official.function}"
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.PUBLIC, happened_at=now)
    record.visibility, record.happened_at = Visibility.PUBLIC, now
    append_entry(
        DECISION_PUBLISHED,
        record=record,
        now=now,
        data={
            "kind": record.kind, "state": record.state, "decided_on": word.given_on.isoformat(), "votes": None,
        },
        words={
            "title": record.title, "text": record.text, "byline": "", "reference": word.reference, "body": said_by,
        },
        is_institutional=True,
    )  # fmt: skip
    bump_pages_of(record)
    decision = Decision.objects.create(
        record=record, process=process, decided_on=word.given_on, reference=word.reference, body=said_by[:160]
    )
    return make_commitment(
        decision=decision,
        words=Words(title=record.title, text=record.text),
        work=Work(process.mandate.service, word.due_on),
        author=record.author,
        clock=clock,
    )


@transaction.atomic
def throw_words_away(records: Collection[UUID]) -> None:
    """Those that she did not accept, at their term: they were shown to nobody, and go whole."""
    drafts = GivenWord.objects.filter(record__in=records, record__visibility=Visibility.DRAFT)
    gone = list(drafts.values_list("pk", flat=True))
    drafts.delete()
    Record.objects.filter(pk__in=gone).update(wording=None)
    Record.objects.filter(pk__in=gone).delete()
