"""First words read before they are published, where it was chosen: never in silence, never in the journal before."""

import pytest

from democratic.kernel.refusals import Conflict
from democratic.participation.ideas.holding import hold_first_words
from democratic.people.actions import welcome_guest
from democratic.stewardship.erasure import erase_guest
from democratic.stewardship.keys import withdraw_by_secret
from democratic.stewardship.moderation.actions import Finding, release_held, rule_on
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.models import Entry, Origin, Record, Visibility
from democratic.thread.rules import visible_records
from moderating import FACTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def holding(bench):
    hold_first_words(process=bench.territory.process, is_on=True, clock=bench.territory.clock)
    bench.territory.process.refresh_from_db()
    return bench


def test_to_choose_it_is_public_and_chosen_twice_is_chosen_once(holding):
    hold_first_words(process=holding.territory.process, is_on=True, clock=holding.territory.clock)

    assert [entry.data for entry in Entry.objects.filter(kind="first_words_held")] == [{"is_on": True}]


def test_a_first_word_waits_and_the_journal_knows_nothing_of_it(holding):
    said = holding.territory.say().idea.record

    assert said.visibility == Visibility.HELD
    assert not Entry.objects.filter(record=said).exists()
    assert said not in visible_records(holding.territory.viewer(said.author))


def test_once_published_it_has_its_own_entry_and_the_next_words_do_not_wait(holding):
    me = welcome_guest()
    said = holding.territory.say("Le bus de nuit.", author=me, byline="Lina").idea.record

    release_held(record=said, released_by=holding.first.person, clock=holding.territory.clock)

    entry = Entry.objects.get(record=said)
    assert (entry.kind, entry.data["was_held"], entry.data["state"]) == ("idea_submitted", True, "received")
    assert {each.part: each.value for each in entry.openings.all()} == {
        "title": "Le bus de nuit.", "text": "Le bus de nuit.", "byline": "Lina",
    }  # fmt: skip
    assert holding.territory.say("Et le matin ?", author=me).idea.record.visibility == Visibility.PUBLIC


@pytest.mark.parametrize("origin", [Origin.STREET, Origin.PAPER, Origin.PHONE, Origin.ROOM])
def test_what_an_agent_heard_does_not_wait(holding, origin):
    assert holding.territory.say(origin=origin).idea.record.visibility == Visibility.PUBLIC


def test_of_two_who_publish_it_the_second_is_told(holding):
    said = holding.territory.say().idea.record
    release_held(record=said, released_by=holding.first.person, clock=holding.territory.clock)

    with pytest.raises(Conflict, match="avant vous"):
        release_held(record=said, released_by=holding.second.person, clock=holding.territory.clock)

    assert Entry.objects.filter(record=said).count() == 1


def test_a_refusal_is_a_reasoned_public_decision_and_the_word_never_enters_the_journal(holding):
    said = holding.territory.say("Achetez mes vélos").idea.record

    ruling = rule_on(
        record=said,
        finding=Finding(Outcome.REFUSED, "off_topic", FACTS),
        ruled_by=holding.first.person,
        clock=holding.territory.clock,
    )

    assert Record.objects.get(pk=said.pk).visibility == Visibility.HIDDEN
    assert not Entry.objects.filter(record=said).exists()
    assert ruling.appeal_until is not None


def test_its_author_takes_it_back_or_erases_herself_without_a_line(holding):
    taken = holding.territory.say("Une idée.")
    erased = holding.territory.say("Une autre.")

    withdraw_by_secret(secret=taken.claim_secret, clock=holding.territory.clock)
    erase_guest(guest=erased.idea.record.author, with_words=True, clock=holding.territory.clock)

    assert set(Record.objects.filter(kind="idea").values_list("visibility", flat=True)) == {"withdrawn"}
    assert not Entry.objects.filter(record__kind="idea").exists()
