"""What is promised live becomes an engagement, with the function of who promised, a service and a day."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.commitments.actions.promising import (
    Work,
    make_commitment,
    refuse_a_day_gone_by,
)
from democratic.participation.commitments.actions.records import open_institutional
from democratic.participation.commitments.events import DECISION_PUBLISHED
from democratic.participation.commitments.models import Commitment, Decision
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.wall.actions.records import lock_question, show
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import Words, link
from democratic.thread.models import Kind, LinkKind, Origin

_SPOKEN_OF = (QuestionState.CURRENT, QuestionState.ANSWERED, QuestionState.OWED)


@dataclass(frozen=True, slots=True)
class LivePromise:
    """``function``: who gave her word, as everyone reads it."""

    words: Words
    work: Work
    function: str


@transaction.atomic
def promise_live(
    *, question: WallQuestion, promise: LivePromise, author: Person | None, clock: Clock
) -> Commitment:
    """Her word, given in public, is the decision: no assembly voted, and no stage is waited for."""
    locked = lock_question(question)
    process = _process_of(locked)
    _refuse_unless_promisable(locked, process, promise, clock)
    decision = _decide(locked, process, promise, author, clock)
    made = make_commitment(
        decision=decision, words=promise.words, work=promise.work, author=author, clock=clock
    )
    show(locked, Topic.TEAM)
    return made


def _process_of(question: WallQuestion) -> Process:
    found = Process.objects.filter(meetings=question.meeting_id).select_related("record__authority").first()
    if found is None:
        raise Conflict(
            _("Cette rencontre n’est dans aucune concertation : promettez une réponse écrite, avec sa date.")
        )
    return found


def _refuse_unless_promisable(
    question: WallQuestion, process: Process, promise: LivePromise, clock: Clock
) -> None:
    if question.record.state not in _SPOKEN_OF:
        raise Conflict(_("On promet sur une question à laquelle on répond."))
    if not clean_line(promise.words.title):
        raise Refusal(_("Dites ce qui est promis, en une ligne."), field="title")
    if not clean_line(promise.function):
        raise Refusal(_("Dites au nom de quelle fonction on promet."), field="function")
    refuse_a_day_gone_by(promise.work, process, clock)


def _decide(
    question: WallQuestion, process: Process, promise: LivePromise, author: Person | None, clock: Clock
) -> Decision:
    said_by = clean_line(promise.function)[:160]
    given_on = local_day(clock.now(), process.record.authority.time_zone)
    reference = question.meeting.record.code
    record = open_institutional(
        process,
        Kind.DECISION,
        promise.words,
        DECISION_PUBLISHED,
        clock,
        author=author,
        state="decided",
        data={"decided_on": given_on.isoformat(), "votes": None},
        extra_words={"reference": reference, "body": said_by},
        origin=Origin.ROOM,
    )
    entry = record.entries.get(kind=DECISION_PUBLISHED.kind)
    link(source=question.record, kind=LinkKind.DECIDED_BY, target=record, entry=entry)
    return Decision.objects.create(
        record=record, process=process, decided_on=given_on, reference=reference, body=said_by
    )
