"""The split stands beside the count, everywhere the count is, and changes no order."""

import csv
import io
from datetime import timedelta

import pytest

from conversations import plain
from democratic.config.portable.sheets import SHEETS, sheet_lines
from democratic.kernel.clock import FixedClock
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words, post_comment, support
from democratic.thread.journal import drain
from factories import NOW
from verifying import verified

LIST = "/concertations/bouger/idees"


def say(territory, text, *, by_verified, by_others):
    record = territory.say(text).idea.record
    give(record, by_verified, by_others)
    return record


def give(record, by_verified, by_others):
    for _ in range(by_verified):
        support(record=record, person=verified())
    for _ in range(by_others):
        support(record=record, person=welcome_guest())


def count(territory):
    drain(clock=FixedClock(territory.clock.now() + timedelta(minutes=1)))


@pytest.fixture
def ideas(territory):
    """One that verified people support, and one that is pushed by many who are not."""
    found = (
        say(territory, "Un bus de nuit", by_verified=6, by_others=2),
        say(territory, "Un parking", by_verified=1, by_others=20),
    )
    count(territory)
    return found


def test_an_idea_says_how_many_of_its_voices_are_of_verified_people_and_what_that_means(client, ideas):
    page = plain(client.get(f"/idees/{ideas[0].code}"))
    assert "Soutenir 8" in page
    assert "dont 6 de personnes vérifiées" in page
    assert "C’est noté au moment où elle donne sa voix" in page
    assert "Aucune voix ne compte moins" in page


def test_of_fewer_than_five_the_number_is_not_told(client, ideas):
    page = plain(client.get(f"/idees/{ideas[1].code}"))
    assert "dont moins de 5 de personnes vérifiées" in page
    assert "dont 1 " not in page


def test_the_list_says_it_in_each_row_and_its_order_is_of_all_voices(client, ideas):
    page = plain(client.get(LIST))
    assert "6 voix de personnes vérifiées" in page
    assert "moins de 5 voix de personnes vérifiées" in page
    assert page.index("Un parking") < page.index("Un bus de nuit")
    assert "Que veut dire « vérifiées » ?" in page


def test_nothing_is_said_of_fewer_than_five_voices_nor_where_nobody_is_verified(client, territory):
    alone = say(territory, "Un banc", by_verified=0, by_others=9)
    few = say(territory, "Un arbre", by_verified=0, by_others=3)
    count(territory)
    for record in (alone, few):
        assert "vérifiées" not in plain(client.get(f"/idees/{record.code}"))
    assert "vérifiées" not in plain(client.get(LIST))


def test_a_comment_says_it_too(client, territory, ideas):
    said = post_comment(
        subject=ideas[0], author=welcome_guest(), words=Words(text="Oui"), clock=territory.clock
    )
    give(said.record, by_verified=5, by_others=1)
    count(territory)
    assert "6 voix, dont 5 de personnes vérifiées" in plain(client.get(f"/idees/{ideas[0].code}"))


def test_what_leaves_as_a_sheet_says_it_as_it_is_published(territory, ideas):
    territory.say("Sans voix")
    contributions = next(sheet for sheet in SHEETS if sheet.name == "contributions")
    lines = b"".join(sheet_lines(contributions, territory.authority)).decode()
    told = {row["code"]: (row["supports"], row["verified"]) for row in csv.DictReader(io.StringIO(lines))}
    assert told[ideas[0].code] == ("8", "6")
    assert told[ideas[1].code] == ("21", "<5")


def test_in_english_too(client, ideas):
    assert "6 of them from verified people" in plain(client.get(f"/en/idees/{ideas[0].code}"))


def test_the_page_of_methods_explains_it(client, territory):
    page = plain(client.get("/methodes"))
    assert "Les voix de personnes vérifiées" in page
    assert "ni l’ordre d’une liste ni aucun calcul ne regarde ce partage" in page


@pytest.mark.parametrize("n", [1, 3])
def test_the_split_costs_the_list_no_query(client, territory, n, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(NOW))
    for number in range(n):
        say(territory, f"Idée {number}", by_verified=5, by_others=0)
    count(territory)
    client.get(f"{LIST}?ordre=date")
    with django_assert_num_queries(4):
        client.get(LIST)
