from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.links import refuse_a_bad_link
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line
from democratic.participation.commitments.actions.records import open_institutional
from democratic.participation.commitments.events import DECISION_PUBLISHED
from democratic.participation.commitments.models import Decision
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import refuse_before_its_stage
from democratic.participation.processes.tool import Act
from democratic.people.models import Person
from democratic.thread.actions import Words, link
from democratic.thread.models import Kind, LinkKind, Record


@dataclass(frozen=True, slots=True)
class Vote:
    """The votes of the body that decided, when it voted."""

    votes_for: int
    votes_against: int
    abstentions: int


@transaction.atomic
def publish_decision(
    *,
    process: Process,
    words: Words,
    decided_on: date,
    reference: str,
    body: str,
    answers: Sequence[Record],
    author: Person | None,
    clock: Clock,
    url: str = "",
    vote: Vote | None = None,
) -> Decision:
    """Publish what was decided, linked to the answers that it follows from."""
    if not clean_line(words.title):
        raise Refusal(_("Dites ce qui est décidé, en une ligne."), field="title")
    refuse_a_bad_link(url, "url")
    refuse_before_its_stage(process, Act.DECIDE, clock.now())
    record = open_institutional(
        process,
        Kind.DECISION,
        words,
        DECISION_PUBLISHED,
        clock,
        author=author,
        state="decided",
        data={
            "decided_on": decided_on.isoformat(),
            "votes": [vote.votes_for, vote.votes_against, vote.abstentions] if vote else None,
        },
        extra_words={"reference": clean_line(reference), "body": clean_line(body)},
    )
    entry = record.entries.get(kind=DECISION_PUBLISHED.kind)
    for answer in answers:
        link(source=answer, kind=LinkKind.DECIDED_BY, target=record, entry=entry)
    return Decision.objects.create(
        record=record,
        process=process,
        decided_on=decided_on,
        reference=clean_line(reference)[:120],
        body=clean_line(body)[:160],
        url=url,
        votes_for=vote.votes_for if vote else None,
        votes_against=vote.votes_against if vote else None,
        abstentions=vote.abstentions if vote else None,
    )
