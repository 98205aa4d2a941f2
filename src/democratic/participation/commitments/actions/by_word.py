"""A word given in public, outside any assembly: it is the decision, and what follows from it is an engagement."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line
from democratic.participation.commitments.actions.promising import (
    Work,
    make_commitment,
    refuse_a_day_gone_by,
)
from democratic.participation.commitments.actions.records import open_institutional
from democratic.participation.commitments.events import DECISION_PUBLISHED
from democratic.participation.commitments.models import Commitment, Decision
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import Words, link
from democratic.thread.models import Kind, LinkKind, Origin, Record


@dataclass(frozen=True, slots=True)
class GivenWord:
    """``function``: who gave it, as everyone reads it. ``reference``: the public code of where it was given."""

    words: Words
    work: Work
    function: str
    reference: str
    origin: Origin = Origin.WEB


@transaction.atomic
def promise_by_word(
    *, source: Record, process: Process, word: GivenWord, author: Person | None, clock: Clock
) -> Commitment:
    """``source``: what was asked. No assembly voted, and no stage is waited for."""
    if not clean_line(word.words.title):
        raise Refusal(_("Dites ce qui est promis, en une ligne."), field="title")
    if not clean_line(word.function):
        raise Refusal(_("Dites au nom de quelle fonction on promet."), field="function")
    refuse_a_day_gone_by(word.work, process, clock)
    decision = _decide(source, process, word, author, clock)
    return make_commitment(decision=decision, words=word.words, work=word.work, author=author, clock=clock)


def _decide(
    source: Record, process: Process, word: GivenWord, author: Person | None, clock: Clock
) -> Decision:
    said_by = clean_line(word.function)[:160]
    given_on = local_day(clock.now(), process.record.authority.time_zone)
    record = open_institutional(
        process,
        Kind.DECISION,
        word.words,
        DECISION_PUBLISHED,
        clock,
        author=author,
        state="decided",
        data={"decided_on": given_on.isoformat(), "votes": None},
        extra_words={"reference": word.reference, "body": said_by},
        origin=word.origin,
    )
    entry = record.entries.get(kind=DECISION_PUBLISHED.kind)
    link(source=source, kind=LinkKind.DECIDED_BY, target=record, entry=entry)
    return Decision.objects.create(
        record=record, process=process, decided_on=given_on, reference=word.reference, body=said_by
    )
