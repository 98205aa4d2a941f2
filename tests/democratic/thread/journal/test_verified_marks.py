"""Of a count of supports, how many came from people who were verified when they tapped."""

from datetime import timedelta

import pytest

from civics.disclosure.counts import LEAST, from_least
from democratic.people.actions import claim_person
from democratic.people.models import Verification
from democratic.thread import actions
from democratic.thread.events import SUPPORTS_COUNTED, upcast
from democratic.thread.journal import coalesce_marks, replay
from democratic.thread.journal.projections import catch_up
from democratic.thread.models import Entry, ParkedEntry, RecordFigures, Support
from democratic.thread.views import FIGURES
from verifying import verified

MINUTE = timedelta(minutes=1)


def told(record) -> list[dict]:
    return [
        entry.data for entry in Entry.objects.filter(record=record, kind=SUPPORTS_COUNTED.kind).order_by("pk")
    ]


def supported(town, record, *, by_verified: int, by_others: int) -> None:
    for _ in range(by_verified):
        actions.support(record=record, person=verified())
    for _ in range(by_others):
        actions.support(record=record, person=town.person())


def test_the_entry_says_both_numbers_and_no_more(town):
    idea = town.say()
    supported(town, idea, by_verified=6, by_others=4)
    coalesce_marks(town.clock.now())
    entry = Entry.objects.get(kind=SUPPORTS_COUNTED.kind)
    assert (entry.version, entry.data, entry.commitments) == (2, {"total": 10, "verified": 6}, {})


@pytest.mark.parametrize("known", range(5))
def test_fewer_than_five_verified_are_told_alike_whether_there_are_some_or_none(town, known):
    idea = town.say()
    supported(town, idea, by_verified=known, by_others=20)
    verified()
    coalesce_marks(town.clock.now())
    assert told(idea) == [{"total": 20 + known, "verified": 0}]


def test_five_is_told():
    assert [from_least(n) for n in range(7)] == [0, 0, 0, 0, 0, LEAST, 6]


def test_what_counts_is_the_moment_of_the_tap(town):
    """Verified a day later, or no longer: the mark stays what it was, a double tap included."""
    idea, late, before = town.say(), town.person(), verified()
    for person in (late, before):
        actions.support(record=idea, person=person)
    verified(late)
    Verification.objects.filter(person=before).delete()
    for person in (late, before):
        actions.support(record=idea, person=person)
    assert dict(Support.objects.values_list("person", "is_verified")) == {late.pk: False, before.pk: True}


def test_a_guest_whom_a_verified_account_claimed_is_verified(town):
    idea, guest = town.say(), town.person()
    claim_person(guest=guest, by=verified())
    guest.refresh_from_db()
    actions.support(record=idea, person=guest)
    assert Support.objects.get().is_verified


def test_where_nobody_ever_was_verified_nothing_is_told_apart(town):
    idea = town.say()
    supported(town, idea, by_verified=0, by_others=9)
    coalesce_marks(town.clock.now())
    assert told(idea) == [{"total": 9, "verified": None}]


def test_supports_of_before_the_fact_was_kept_leave_the_split_unknown(town):
    idea = town.say()
    supported(town, idea, by_verified=7, by_others=2)
    Support.objects.filter(pk=Support.objects.first().pk).update(is_verified=None)
    town.drain(FIGURES)
    assert told(idea) == [{"total": 9, "verified": None}]
    assert RecordFigures.objects.get(record=idea).verified is None


def test_a_change_of_who_is_verified_alone_is_a_fact(town):
    idea, people = town.say(), [verified() for _ in range(5)]
    for person in people:
        actions.support(record=idea, person=person)
    coalesce_marks(town.clock.now())
    actions.unsupport(record=idea, person=people[0])
    actions.support(record=idea, person=town.person())
    assert coalesce_marks(town.clock.now() + MINUTE) == 1
    assert told(idea) == [{"total": 5, "verified": 5}, {"total": 5, "verified": 0}]


def test_an_entry_of_before_has_no_split_and_the_figures_say_nothing_of_it(town):
    idea = town.say()
    assert upcast(SUPPORTS_COUNTED.kind, 1, {"total": 3}) == {"total": 3, "verified": None}
    town.tell(SUPPORTS_COUNTED.__class__("supports_counted"), idea, total=3)
    town.drain(FIGURES)
    row = RecordFigures.objects.get(record=idea)
    assert (row.supports, row.verified) == (3, None)
    assert not ParkedEntry.objects.exists()


def test_the_figures_keep_the_split_as_it_comes_and_replayed(town):
    idea = town.say()
    supported(town, idea, by_verified=6, by_others=1)
    town.drain(FIGURES)
    for _ in range(2):
        row = RecordFigures.objects.get(record=idea)
        assert (row.supports, row.verified) == (7, 6)
        replay("figures")
        catch_up(FIGURES)
