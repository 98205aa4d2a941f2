"""Of the answers to a question, how many came from people who were verified when they answered."""

import pytest

from asking import answered, asked, at_closing, hidden
from democratic.participation.polls.actions import answer_poll
from democratic.participation.polls.counting import count_polls
from democratic.participation.polls.events import POLL_COUNTED
from democratic.participation.polls.models import Poll, PollAnswer, PollTally
from democratic.participation.polls.queries import drifting_polls
from democratic.participation.polls.results import results_of
from democratic.thread.events import upcast
from democratic.thread.models import Entry
from verifying import verified


def give(poll, territory, person, rank):
    answer_poll(poll_id=poll.pk, rank=rank, person=person, clock=territory.clock)
    return person


def verified_answered(poll, territory, *ranks):
    return [give(poll, territory, verified(), rank) for rank in ranks]


def last_told(poll) -> dict:
    return Entry.objects.filter(record=poll.pk, kind=POLL_COUNTED.kind).latest("pk").data


def results(poll):
    return results_of(Poll.objects.get(pk=poll.pk), list(poll.options.all()))


def test_while_one_answers_the_number_alone_is_told(territory):
    poll = asked(territory)
    verified_answered(poll, territory, 1, 1, 1, 1, 1, 2)
    answered(poll, territory, 2, 2, 2, 2, 2)
    count_polls(territory.clock.now())
    assert (last_told(poll)["verified"], last_told(poll)["split"]) == (6, {})


def test_at_closing_each_side_is_told_by_answer(territory):
    poll = hidden(territory)
    verified_answered(poll, territory, 1, 1, 1, 1, 1, 3)
    answered(poll, territory, *[2] * 20, 1)
    count_polls(at_closing(poll).now())
    assert last_told(poll)["split"] == {"verified": {"1": 5, "3": 1}, "others": {"1": 1, "2": 20}}
    assert [side.total for side in results(poll).sides] == [6, 21]
    assert results(poll).most[0].rank == 2  # nobody's answer weighs less


@pytest.mark.parametrize(("known", "others"), [(4, 20), (20, 4), (9, 0)])
def test_a_side_of_fewer_than_five_is_never_told_by_answer(territory, known, others):
    poll = hidden(territory)
    verified_answered(poll, territory, *[1] * known)
    answered(poll, territory, *[2] * others)
    count_polls(at_closing(poll).now())
    assert last_told(poll)["split"] == {}
    assert last_told(poll)["verified"] == (known if known >= 5 else 0)


def test_an_answer_given_again_is_of_the_moment_when_it_was_given_again(territory):
    poll, person = asked(territory), answered(asked(territory), territory, 1)[0]
    give(poll, territory, person, 1)
    verified(person)
    assert PollAnswer.objects.get(poll=poll, person=person).is_verified is False
    give(poll, territory, person, 2)
    assert PollAnswer.objects.get(poll=poll, person=person).is_verified is True


def test_what_was_counted_by_hand_is_with_the_others(territory):
    poll = hidden(territory)
    verified_answered(poll, territory, *[1] * 5)
    PollTally.objects.create(
        poll=poll, origin="paper", batch="A", counts={"2": 30}, total=30, entered_function="Agent",
        entered_at=territory.clock.now(), verified_at=territory.clock.now(), verified_function="Agent",
    )  # fmt: skip
    count_polls(at_closing(poll).now())
    assert last_told(poll)["split"] == {"verified": {"1": 5}, "others": {"2": 30}}


def test_a_result_of_before_says_nothing_of_it_and_does_not_drift(territory):
    """Counted by the version of before: neither its entry nor its rows know."""
    poll = hidden(territory)
    verified_answered(poll, territory, *[1] * 9)
    count_polls(at_closing(poll).now())
    old = {name: said for name, said in last_told(poll).items() if name not in ("verified", "split")}
    assert upcast(POLL_COUNTED.kind, 1, old) == {**old, "verified": None, "split": {}}
    entry = Entry.objects.filter(record=poll.pk, kind=POLL_COUNTED.kind).latest("pk")
    Poll.objects.filter(pk=poll.pk).update(counted=old)
    assert (results(poll).verified, results(poll).sides) == (None, ())
    assert entry.version == 2
    assert drifting_polls() == [poll.record.code]  # of another entry than its own, it is
    Poll.objects.filter(pk=poll.pk).update(counted=entry.data)
    PollAnswer.objects.update(is_verified=None)
    assert drifting_polls() == []


def test_a_row_changed_to_verified_after_the_count_is_found(territory):
    poll = hidden(territory)
    verified_answered(poll, territory, *[1] * 5)
    people = answered(poll, territory, *[2] * 6)
    count_polls(at_closing(poll).now())
    assert drifting_polls() == []
    PollAnswer.objects.filter(person=people[0]).update(is_verified=True)
    assert drifting_polls() == [poll.record.code]
