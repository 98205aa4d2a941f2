"""A process that is duplicated brings its questions: as they are written, as drafts, without answer or day."""

from datetime import date

import pytest

from asking import answered, asked, question
from democratic.kernel.clock import FixedClock
from democratic.participation.polls.actions import draft_poll
from democratic.participation.polls.models import Poll, PollAnswer, Shows
from democratic.participation.processes.actions import duplicate_process
from democratic.participation.processes.models import Step
from democratic.thread.actions import Words, withdraw_by_authority
from democratic.thread.models import Entry, Visibility

NEXT_YEAR = date(2027, 1, 11)


def copy(territory, first_day=NEXT_YEAR):
    return duplicate_process(
        process=territory.process, mandate=territory.mandate, first_day=first_day,
        author=territory.agent.person, clock=territory.clock,
    )  # fmt: skip


def drafted(territory, **more):
    more.setdefault("stage", territory.process.stages.get(step=Step.LISTENING))
    return draft_poll(
        process=territory.process, question=question(territory, **more), author=None, clock=territory.clock
    )


def test_a_draft_question_comes_with_its_words_its_options_and_its_settings(territory):
    source = drafted(territory, takes_no_opinion=True, shows=Shows.CLOSED, is_shuffled=True)
    made = copy(territory)
    poll = Poll.objects.get(process=made)
    assert (poll.record.title, poll.record.text) == (source.record.title, source.record.text)
    assert poll.record.wording.language == source.record.wording.language
    assert [(each.rank, each.label, each.is_no_opinion) for each in poll.options.all()] == [
        (each.rank, each.label, each.is_no_opinion) for each in source.options.all()
    ]
    assert (poll.shows, poll.is_shuffled) == (Shows.CLOSED, True)
    assert poll.record.visibility == Visibility.DRAFT
    assert poll.record.process_id == made.pk
    assert poll.stage == made.stages.get(step=Step.LISTENING)
    assert poll.record.code != source.record.code


def test_an_open_question_comes_as_a_draft_without_its_answers_nor_its_day(territory):
    closes_at = territory.process.stages.get(step=Step.LISTENING).closes_at.replace(hour=8)
    poll = asked(territory, closes_at=closes_at)
    answered(poll, territory, 1, 2)
    before = Entry.objects.count()
    made = Poll.objects.get(process=copy(territory))
    assert (made.opened_at, made.closes_at, made.closed_at, made.counted) == (None, None, None, {})
    assert PollAnswer.objects.filter(poll=made).count() == 0
    assert Entry.objects.count() == before  # a draft has no line in the journal
    assert Poll.objects.get(pk=poll.pk).opened_at is not None


def test_a_question_that_was_taken_back_in_public_does_not_come(territory):
    poll = asked(territory)
    withdraw_by_authority(record=poll.record, reason="Mal posée.", function="Agent", clock=territory.clock)
    assert not Poll.objects.filter(process=copy(territory)).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_they_come_in_the_order_in_which_they_were_written(territory, count):
    for n in range(count):
        drafted(territory, words=Words(title=f"Question {n}"))
    made = Poll.objects.filter(process=copy(territory)).order_by("record__recorded_at", "record")
    assert [poll.record.title for poll in made] == [f"Question {n}" for n in range(count)]


def test_a_copy_for_days_gone_by_keeps_its_question_for_the_preflight_to_refuse(territory):
    drafted(territory)
    later = FixedClock(territory.clock.now().replace(year=2028))
    made = duplicate_process(
        process=territory.process, mandate=territory.mandate, first_day=date(2026, 1, 12), author=None, clock=later
    )  # fmt: skip
    assert Poll.objects.filter(process=made).count() == 1
