"""What the journal says of a question, and when it says nothing."""

from datetime import timedelta

import pytest

from asking import answered, asked, at_closing, hidden
from democratic.participation.polls.counting import count_polls
from democratic.participation.polls.models import Poll, PollAnswer
from democratic.participation.polls.queries import drifting_polls
from democratic.participation.polls.results import results_of
from democratic.thread.journal import drain
from democratic.thread.models import Entry

MINUTE = timedelta(minutes=1)


def counted(poll) -> list[dict]:
    return [entry.data for entry in Entry.objects.filter(record=poll.pk, kind="poll_counted").order_by("pk")]


def test_a_minute_of_taps_is_one_entry_with_totals_by_origin_and_option(territory):
    poll, now = asked(territory), territory.clock.now()
    answered(poll, territory, 1, 1, 2, 2, 2)
    answered(poll, territory, 1, 1, 1, 1, 3, 3, origin="street")
    assert [count_polls(now), count_polls(now + MINUTE / 2)] == [1, 0]
    assert counted(poll) == [
        {
            "total": 11,
            "is_final": False,
            "groups": [
                {"sources": ["street"], "counts": {"1": 4, "3": 2}},
                {"sources": ["web"], "counts": {"1": 2, "2": 3}},
            ],
            "with_account": None,
            "verified": None,
            "split": {},
            "batches": [],
        }
    ]


def test_fewer_than_five_more_people_are_told_with_those_who_follow(territory):
    poll, now = asked(territory), territory.clock.now()
    answered(poll, territory, *[1] * 4)
    assert count_polls(now) == 0
    answered(poll, territory, 1)
    assert count_polls(now + MINUTE) == 1
    answered(poll, territory, 2)
    assert count_polls(now + 2 * MINUTE) == 0
    assert [said["total"] for said in counted(poll)] == [5]


def test_closing_tells_everyone_once_and_for_good(territory):
    poll = asked(territory)
    answered(poll, territory, 1, 1, 1, 2, 2, 3)
    end = at_closing(poll).now()
    assert [count_polls(end), count_polls(end + MINUTE)] == [1, 0]
    assert [(said["total"], said["is_final"]) for said in counted(poll)] == [(6, True)]
    closed = Poll.objects.get(pk=poll.pk)
    assert (closed.closed_at, closed.record.state) == (end, "closed")


def test_hidden_totals_are_not_even_counted_before_closing(territory):
    poll, now = hidden(territory), territory.clock.now()
    answered(poll, territory, *[1] * 20)
    for later in range(3):
        assert count_polls(now + later * MINUTE) == 0
    assert Poll.objects.get(pk=poll.pk).counted == {}
    count_polls(at_closing(poll).now())
    assert [said["is_final"] for said in counted(poll)] == [True]


def test_a_result_of_four_people_says_four_and_nothing_more(territory):
    poll = asked(territory)
    answered(poll, territory, 1, 1, 2, 2)
    count_polls(at_closing(poll).now())
    told = results_of(Poll.objects.get(pk=poll.pk), list(poll.options.all()))
    assert told is not None
    assert (told.total, told.columns, told.most) == (4, (), ())


def test_a_question_whose_stage_moves_after_its_count_does_not_open_again(territory):
    poll = asked(territory)
    end = at_closing(poll).now()
    count_polls(end)
    type(poll.stage).objects.filter(pk=poll.stage_id).update(closes_at=end + timedelta(days=30))
    with pytest.raises(Exception, match="close"):
        answered(poll, territory, 1)


def test_the_sequencers_round_counts_questions_too(territory):
    poll = asked(territory)
    answered(poll, territory, *[1] * 5)
    drain(clock=territory.clock)
    assert len(counted(poll)) == 1


def test_a_row_that_slips_in_after_the_count_is_found(territory):
    poll = asked(territory)
    people = answered(poll, territory, *[1] * 6)
    count_polls(at_closing(poll).now())
    assert drifting_polls() == []
    PollAnswer.objects.filter(person=people[0]).update(option=poll.options.get(rank=2))
    assert drifting_polls() == [poll.record.code]


def test_a_published_total_that_is_not_the_journals_is_found(territory):
    poll = asked(territory)
    answered(poll, territory, *[1] * 6)
    count_polls(territory.clock.now())
    told = Poll.objects.get(pk=poll.pk).counted
    Poll.objects.filter(pk=poll.pk).update(counted=told | {"total": 7})
    assert drifting_polls() == [poll.record.code]
