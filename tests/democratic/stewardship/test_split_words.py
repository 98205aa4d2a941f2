"""The parts of what was split are its author's own words: they are hers to have, and gone wherever hers are gone."""

import pytest
from canaries import where

from courses import answered
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.messaging.models import OutgoingMessage
from democratic.participation.answers.models import Verdict
from democratic.participation.ideas.merging import merge_ideas
from democratic.participation.ideas.splitting import Part, split_idea, unsplit_idea
from democratic.people.actions import leave_address, prove_address, welcome_guest
from democratic.stewardship.erasure import erase_guest
from democratic.stewardship.holdings import holdings_of
from democratic.thread.actions import erase_words, follow
from democratic.thread.journal import drain
from democratic.thread.models import Entry, Record
from factories import GROUPING, clock_at

WORD = "zyxcanari"
BUS, POOL = f"Le {WORD} part tôt.", f"La {WORD} ferme."


@pytest.fixture
def lina(live_territory):
    person = welcome_guest()
    address = leave_address(
        person=person, email="lina@example.org", purpose="notices", wording="Oui.", language="fr",
        clock=live_territory.clock,
    )  # fmt: skip
    prove_address(address=address, clock=live_territory.clock)
    return person


@pytest.fixture
def whole(live_territory, lina):
    return live_territory.say(f"{BUS}\n{POOL}", author=lina, byline="Zyxandrine").idea.record


def split(whole):
    parts = [Part("Bus", BUS), Part("Piscine", POOL)]
    return split_idea(record=whole, parts=parts, reason="Deux.", function="Service", clock=GROUPING)


def fresh(record):
    return Record.objects.get(pk=record.pk)


def test_erased_with_her_words_nothing_of_the_parts_is_left(live_territory, lina, whole):
    first = split(whole)
    unsplit_idea(idea=whole, reason="Non.", function="Service", clock=GROUPING)
    parts = [*first, *split(fresh(whole))]
    drain(clock=GROUPING)
    assert where([WORD])
    erase_guest(guest=lina, with_words=True, clock=DATABASE_CLOCK)
    assert where([WORD, "Zyxandrine"]) == []
    gone = Entry.objects.filter(kind="words_erased").values_list("record", flat=True)
    assert sorted(gone) == sorted(record.pk for record in (whole, *parts))
    assert {fresh(part).author_id for part in parts} == {None}


def test_erasing_the_words_of_the_whole_erases_its_parts_and_not_the_other_way(whole):
    bus, pool = split(whole)
    erase_words(record=bus, clock=GROUPING)
    assert fresh(whole).text == f"{BUS}\n{POOL}"
    assert fresh(pool).text == POOL
    erase_words(record=whole, clock=GROUPING)
    assert fresh(pool).text == fresh(pool).title == ""
    assert where([WORD]) == []


def test_her_export_holds_the_parts(lina, whole):
    parts = split(whole)
    held = {each.model: each.rows for each in holdings_of([lina.pk])}
    assert {part.pk for part in parts} <= set(held[Record].values_list("pk", flat=True))


def test_without_her_words_the_parts_stay_and_nobody_is_tied_to_them(lina, whole):
    parts = split(whole)
    erase_guest(guest=lina, with_words=False, clock=DATABASE_CLOCK)
    assert {(fresh(part).author_id, fresh(part).byline, fresh(part).visibility) for part in parts} == {
        (None, "", "public")
    }


def test_what_was_merged_into_erased_words_is_owed_its_own_answer(live_territory, lina, whole):
    merged = live_territory.say("Le bus.").idea.record
    merge_ideas(into=whole, merged=[merged], reason="Pareil.", function="Service", clock=GROUPING)
    answered(live_territory, whole)
    erase_guest(guest=lina, with_words=True, clock=DATABASE_CLOCK)
    assert fresh(merged).state == "received"


def test_its_author_and_who_follows_it_hear_of_the_split_then_of_each_answer(live_territory, lina, whole):
    sam = welcome_guest()
    address = leave_address(
        person=sam, email="sam@example.org", purpose="notices", wording="Oui.", language="fr",
        clock=live_territory.clock,
    )  # fmt: skip
    prove_address(address=address, clock=live_territory.clock)
    follow(record=whole, person=sam)
    bus, pool = split(whole)
    drain(clock=GROUPING)
    told = OutgoingMessage.objects.filter(purpose="split")
    assert {message.address.email for message in told} == {"lina@example.org", "sam@example.org"}
    assert all(bus.code in message.body and "Deux." in message.body for message in told)
    answered(live_territory, bus, verdict=Verdict.KEPT)
    answered(live_territory, pool, verdict=Verdict.UNKEPT)
    drain(clock=clock_at(GROUPING.moment.date(), 12))
    heard = OutgoingMessage.objects.filter(purpose="answer").values_list("address__email", flat=True)
    assert sorted(heard) == ["lina@example.org"] * 2 + ["sam@example.org"] * 2


def test_joined_back_they_hear_why(live_territory, lina, whole):
    split(whole)
    drain(clock=GROUPING)
    unsplit_idea(idea=fresh(whole), reason="Une seule chose.", function="Service", clock=GROUPING)
    drain(clock=GROUPING)
    message = OutgoingMessage.objects.get(purpose="rejoined")
    assert "Une seule chose." in message.body
