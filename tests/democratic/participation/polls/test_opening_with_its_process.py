"""A question written before its process is published opens with it, or says before why it could not."""

from datetime import timedelta

import pytest

from asking import asked, question
from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict
from democratic.participation.polls.actions import draft_poll, open_poll
from democratic.participation.polls.events import POLL_OPENED
from democratic.participation.polls.models import Poll
from democratic.participation.processes.actions import (
    Draft,
    Privacy,
    Promise,
    draft_process,
    expect_voices,
    publish_when_ready,
    settle_privacy,
    throw_draft_away,
)
from democratic.participation.processes.models import Assessment, LegalBasis, Step
from democratic.participation.processes.preflight import Part, preflight
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Record, Visibility


@pytest.fixture
def express(territory):
    """A draft of an express consultation that lacks nothing but its question."""
    process = draft_process(
        mandate=territory.mandate,
        method="express_consultation",
        draft=Draft(
            words=Words(title="Le bus du soir", text="Que préférez-vous ?"),
            promise=Promise("Votre choix.", "Chaque réponse est comptée.", ""),
            first_day=territory.mandate.answer_due_on - timedelta(days=35),
            slug="le-bus-du-soir",
            in_clear="Donnez votre avis en dix jours.",
        ),
        author=territory.agent.person,
        clock=territory.clock,
    )
    expect_voices(process=process, expected=200)
    privacy = Privacy(LegalBasis.PUBLIC_TASK, 12, Assessment.NOT_NEEDED, "Rien de sensible.", "aucun")
    settle_privacy(process=process, privacy=privacy)
    return process


def written(process, territory, **more):
    more.setdefault("stage", process.stages.get(step=Step.LISTENING))
    return draft_poll(
        process=process, question=question(territory, **more), author=territory.agent.person,
        clock=territory.clock,
    )  # fmt: skip


def said(process, moment):
    return [(each.blocks, str(each.title)) for each in preflight(process, moment) if each.part == Part.POLLS]


def test_a_method_made_of_a_question_asks_for_one_and_does_not_demand_it(express, territory):
    now = territory.clock.now()
    assert said(express, now) == [(False, "Aucune question d’un geste n’est écrite")]
    written(express, territory)
    assert said(express, now) == []


def test_it_opens_in_the_act_that_publishes_its_process(express, territory):
    polls = [written(express, territory), written(express, territory, words=Words(title="Et le dimanche ?"))]
    publish_when_ready(process=express, clock=territory.clock)
    for poll in polls:
        poll.refresh_from_db()
        poll.record.refresh_from_db()
        assert poll.opened_at == territory.clock.now()
        assert poll.record.visibility == Visibility.PUBLIC
    assert Entry.objects.filter(kind=POLL_OPENED.kind).count() == 2


def test_no_question_is_public_before_its_process(express, territory):
    poll = written(express, territory)
    with pytest.raises(Conflict, match="avec sa concertation"):
        open_poll(poll=poll, clock=territory.clock)
    poll.record.refresh_from_db()
    assert poll.record.visibility == Visibility.DRAFT
    assert not Entry.objects.filter(kind=POLL_OPENED.kind).exists()


def test_a_question_that_would_be_closed_by_then_stops_the_publication_and_says_so(express, territory):
    stage = express.stages.get(step=Step.LISTENING)
    poll = written(express, territory, closes_at=stage.opens_at + timedelta(days=1))
    late = FixedClock(poll.closes_at + timedelta(hours=1))
    ((blocks, title),) = said(express, late.now())
    assert (blocks, title) == (True, "Une question serait close avant de s’ouvrir")
    with pytest.raises(Conflict, match="close avant de s’ouvrir"):
        publish_when_ready(process=express, clock=late)
    assert Poll.objects.get(pk=poll.pk).opened_at is None


def test_a_draft_that_is_thrown_away_takes_its_questions_with_it(express, territory):
    kept = asked(territory)
    poll = written(express, territory)
    throw_draft_away(process=express)
    assert list(Poll.objects.all()) == [kept]
    assert not Record.objects.filter(pk__in=[poll.record_id, express.record_id]).exists()
