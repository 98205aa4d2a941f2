"""Papers and raised hands: entered by one, verified by another, told apart."""

import pytest

from asking import answered, asked, at_closing, hidden
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.participation.polls.actions import Batch, drop_tally, enter_tally, verify_tally
from democratic.participation.polls.counting import count_polls
from democratic.participation.polls.models import Poll
from democratic.participation.polls.queries import drifting_polls
from democratic.thread.models import Entry, Origin

SERVICE = "Service jeunesse"
COUNTS = {1: 12, 3: 3}


@pytest.fixture
def entered(territory):
    def enter(poll, counts=None, name="Lot 1", origin=Origin.PAPER, clock=None):
        return enter_tally(
            poll=poll, batch=Batch(origin, name, counts or COUNTS), by=territory.agent.person,
            function=SERVICE, clock=clock or territory.clock,
        )  # fmt: skip

    return enter


def verified(tally, territory, clock=None, counts=COUNTS):
    verify_tally(
        tally=tally,
        counts=counts,
        by=territory.elected.person,
        function="Élue",
        clock=clock or territory.clock,
    )


def test_a_batch_is_in_the_total_once_somebody_else_verified_it(territory, entered):
    poll = asked(territory)
    answered(poll, territory, *[1] * 6)
    tally = entered(poll)
    with pytest.raises(NotAllowed):
        verify_tally(
            tally=tally, counts=COUNTS, by=territory.agent.person, function=SERVICE, clock=territory.clock
        )
    verified(tally, territory)
    count_polls(at_closing(poll).now())
    said = Poll.objects.get(pk=poll.pk).counted
    assert said["total"] == 21
    assert {"sources": ["hand:paper"], "counts": {"1": 12, "3": 3}} in said["groups"]
    assert [(batch["batch"], batch["total"]) for batch in said["batches"]] == [("Lot 1", 15)]


def test_what_nobody_verified_counts_for_nothing(territory, entered):
    poll = asked(territory)
    entered(poll)
    count_polls(at_closing(poll).now())
    assert Poll.objects.get(pk=poll.pk).counted["total"] == 0


def test_a_batch_is_entered_once(territory, entered):
    poll = asked(territory)
    entered(poll)
    with pytest.raises(Conflict):
        entered(poll)


@pytest.mark.parametrize("counts", [{9: 3}, {1: -2}, {1: 0}, {1: 2_000_000}])
def test_counts_that_cannot_be_are_refused(territory, entered, counts):
    with pytest.raises(Refusal):
        entered(asked(territory), counts)


def test_a_batch_typed_wrong_goes_until_it_is_verified(territory, entered):
    poll = asked(territory)
    drop_tally(tally=entered(poll))
    tally = entered(poll)
    verified(tally, territory)
    with pytest.raises(Conflict):
        drop_tally(tally=tally)


def test_a_batch_verified_after_closing_is_one_more_entry_with_its_day(territory, entered):
    poll = asked(territory)
    answered(poll, territory, *[1] * 6)
    end = at_closing(poll)
    count_polls(end.now())
    tally = entered(poll, clock=end)
    for _twice in range(2):
        verified(tally, territory, clock=end)
    totals = [
        e.data["total"] for e in Entry.objects.filter(record=poll.pk, kind="poll_counted").order_by("pk")
    ]
    assert totals == [6, 21]
    assert drifting_polls() == []


def test_hidden_totals_stay_hidden_whatever_is_verified(territory, entered):
    poll = hidden(territory)
    verified(entered(poll), territory)
    count_polls(territory.clock.now())
    assert not Entry.objects.filter(record=poll.pk, kind="poll_counted").exists()
    assert Poll.objects.get(pk=poll.pk).counted == {}


def test_who_does_not_find_the_same_numbers_verifies_nothing(territory, entered):
    tally = entered(asked(territory))
    with pytest.raises(Conflict):
        verified(tally, territory, counts={1: 12, 3: 4})
    tally.refresh_from_db()
    assert tally.verified_at is None
