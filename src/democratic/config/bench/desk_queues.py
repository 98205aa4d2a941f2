"""What else waits at a desk in a busy month: promises, notices, questions, sheets, suggestions, and many who work there."""

from datetime import timedelta

from django.db.models import F

from democratic.communities.actions import create_service
from democratic.config.bench.fill import Filled
from democratic.kernel.clock import DATABASE_CLOCK, FixedClock
from democratic.kernel.ids import new_code
from democratic.participation.commitments.actions import Work, make_commitment, publish_decision
from democratic.participation.obligations.models import Obligation, Owed
from democratic.participation.polls.actions import Question, draft_poll
from democratic.participation.processes.models import Stage
from democratic.participation.sheets.models import AnswerSheet
from democratic.participation.sheets.states import SheetState
from democratic.participation.suggestions.models import SuggestedVoice, SuggestionRun, ThemeSuggestion
from democratic.people.models import Person
from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.models import Notice
from democratic.thread.actions import Words
from democratic.thread.models import Grant, Kind, Record, Role

# A département's order of size.
PROMISES, NOTICES, QUESTIONS, SHEETS, SUGGESTIONS, VOICES, HELPERS = 200, 2000, 60, 200, 100, 60, 200


def fill_queues(filled: Filled) -> None:
    said = list(
        Record.objects.filter(process=filled.process.record, kind=Kind.IDEA).order_by("-pk")[:NOTICES]
    )
    _signal(said)
    _owe(filled)
    _ask(filled)
    _send(filled)
    _suggest(filled)
    _hire(filled)


def _signal(said: list[Record]) -> None:
    now, rules = DATABASE_CLOCK.now(), list(Rule)
    Notice.objects.bulk_create(
        Notice(
            code=new_code(),
            record=record,
            rule=rules[n % len(rules)],
            explanation="On reconnaît quelqu’un.",
            received_at=now - timedelta(minutes=7 * n),
        )
        for n, record in enumerate(said)
    )


def _owe(filled: Filled) -> None:
    """Half of what was promised is late; by twenty services."""
    now = DATABASE_CLOCK.now()
    services = [create_service(authority=filled.authority, name=f"Service {n}") for n in range(20)]
    decided = FixedClock(now + timedelta(days=400))  # when its stage has come
    decision = publish_decision(
        process=filled.process, words=Words(title="Le plan des bus"), decided_on=decided.now().date(),
        reference="D 12", body="Assemblée", answers=[], author=None, clock=decided,
    )  # fmt: skip
    first = decided.now().date()
    for n in range(PROMISES):
        work = Work(services[n % len(services)], first + timedelta(days=n))
        make_commitment(
            decision=decision, words=Words(title=f"L’arrêt numéro {n}"), work=work, author=None, clock=decided
        )
    owed = Obligation.objects.filter(owed=Owed.COMMITMENT)
    owed.update(
        first_due_on=F("first_due_on") - timedelta(days=400 + PROMISES // 2),
        due_on=F("due_on") - timedelta(days=400 + PROMISES // 2),
    )


def _ask(filled: Filled) -> None:
    stage = Stage.objects.get(process=filled.process, step="listening")
    for n in range(QUESTIONS):
        question = Question(words=Words(title=f"Question {n} ?"), options=("Oui", "Non"), stage=stage)
        draft_poll(process=filled.process, question=question, author=None, clock=FixedClock(stage.opens_at))


def _send(filled: Filled) -> None:
    now = DATABASE_CLOCK.now()
    AnswerSheet.objects.bulk_create(
        AnswerSheet(
            process=filled.process,
            uploader=filled.account.person,
            name=f"service-{n}.xlsx",
            state=SheetState.DONE,
            received_at=now - timedelta(hours=n),
        )
        for n in range(SHEETS)
    )


def _suggest(filled: Filled) -> None:
    now = DATABASE_CLOCK.now()
    run = SuggestionRun.objects.create(
        process=filled.process, asked_at=now, done_at=now, voices=SUGGESTIONS * VOICES, covered=SUGGESTIONS * VOICES
    )  # fmt: skip
    alone = Record.objects.filter(process=filled.process.record, kind=Kind.IDEA, theme=None)
    ids = list(alone.order_by("pk").values_list("pk", flat=True)[: SUGGESTIONS * VOICES])
    proposed = ThemeSuggestion.objects.bulk_create(
        ThemeSuggestion(run=run, rank=n, words=["bus", "soir", "gare"]) for n in range(SUGGESTIONS)
    )
    SuggestedVoice.objects.bulk_create(
        SuggestedVoice(suggestion=proposed[n % SUGGESTIONS], record_id=pk, rank=n // SUGGESTIONS)
        for n, pk in enumerate(ids)
    )


def _hire(filled: Filled) -> None:
    helpers = Person.objects.bulk_create(Person(name=f"Agent {n}") for n in range(HELPERS))
    now = DATABASE_CLOCK.now()
    Grant.objects.bulk_create(
        Grant(person=each, role=Role.AGENT, authority=filled.authority, since=now) for each in helpers
    )
