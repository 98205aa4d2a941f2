"""What an elected person promises on the spot, face to face: in public at once, whatever the stage."""

from datetime import date

from django.db import transaction

from democratic.communities.models import Official
from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel.clock import Clock
from democratic.participation.commitments.actions.promising import Work, make_commitment
from democratic.participation.commitments.actions.records import open_institutional
from democratic.participation.commitments.events import DECISION_PUBLISHED
from democratic.participation.commitments.models import Commitment, Decision
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Origin


@transaction.atomic
def promise_in_person(
    *,
    process: Process,
    official: Official,
    words: Words,
    due_on: date,
    given_on: date,
    reference: str,
    author: Person | None,
    clock: Clock,
) -> Commitment:
    """Her word is the decision: no assembly voted, and no stage is waited for. ``reference``: where she gave it."""
    refuse_unless_in_office(official, field="official")
    said_by = f"{official.name}, {official.function}"
    record = open_institutional(
        process,
        Kind.DECISION,
        words,
        DECISION_PUBLISHED,
        clock,
        author=author,
        state="decided",
        data={"decided_on": given_on.isoformat(), "votes": None},
        extra_words={"reference": reference, "body": said_by},
        origin=Origin.STREET,
    )
    decision = Decision.objects.create(
        record=record, process=process, decided_on=given_on, reference=reference[:120], body=said_by[:160]
    )
    work = Work(process.mandate.service, due_on)
    return make_commitment(decision=decision, words=words, work=work, author=author, clock=clock)
