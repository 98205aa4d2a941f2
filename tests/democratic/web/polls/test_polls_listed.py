"""« Les questions »: every open question of an authority, those that are closed, and their feed."""

import json

import pytest

from asking import TITLE, answered, asked, at_closing, hidden, question
from conversations import plain
from democratic.participation.polls.actions import draft_poll
from democratic.participation.polls.counting import count_polls
from democratic.thread.actions import Words
from factories import build_territory


def closed(poll):
    end = at_closing(poll)
    count_polls(end.now())
    return end


def test_where_nothing_is_asked_the_page_says_what_comes_there(client, territory, at):
    at(territory.clock)
    assert "Aucune question n’est ouverte" in plain(client.get("/questions"))
    assert "Aucune question n’est close" in plain(client.get("/questions?etat=closes"))


def test_an_open_question_is_there_until_it_closes_and_a_draft_or_a_neighbour_s_never(
    client, territory, poll, at
):
    draft_poll(
        process=territory.process, author=None, clock=territory.clock,
        question=_question(territory, "Un brouillon ?"),
    )  # fmt: skip
    other = build_territory(slug="voisin", host="voisin.example")
    asked(other, words=Words(title="Chez le voisin ?"))
    page = client.get("/questions")
    assert plain(page).replace("\u00a0", " ").count(TITLE.replace("\u00a0", " ")) == 1
    assert ("Un brouillon" in plain(page), "Chez le voisin" in plain(page)) == (False, False)
    answered(poll, territory, *[1] * 6)
    at(closed(poll))
    assert "Aucune question n’est ouverte" in plain(client.get("/questions"))
    assert "6 réponses" in plain(client.get("/questions?etat=closes")).replace("\u00a0", " ")


def _question(territory, title):
    return question(territory, words=Words(title=title))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(
    client, territory, at, count, django_assert_max_num_queries
):
    at(territory.clock)
    for n in range(count):
        asked(territory, words=Words(title=f"Question {n} ?"))
    with django_assert_max_num_queries(6):
        page = client.get("/questions")
    assert plain(page).count("Répondre : 10 secondes") == count


def test_twenty_one_questions_take_two_pages(client, territory, at):
    at(territory.clock)
    for n in range(21):
        asked(territory, words=Words(title=f"Question {n} ?"))
    first, second = (plain(client.get(f"/questions{query}")) for query in ("", "?page=2"))
    assert (first.count("10 secondes"), second.count("10 secondes")) == (20, 1)
    assert client.get("/questions?page=3").status_code == 404


def test_the_feed_says_once_that_a_question_opened_and_once_that_it_closed(client, territory, poll, at):
    def items():
        return [
            (item["id"].rpartition("/")[2], item["content_text"].replace("\u00a0", " "))
            for item in json.loads(client.get("/questions.json").content)["items"]
        ]

    ((what, told),) = items()
    assert (what, "Question ouverte jusqu’au" in told) == ("ouverte", True)
    answered(poll, territory, *[1] * 6)
    at(closed(poll))
    assert [item[0] for item in items()] == ["close", "ouverte"]
    assert items()[0][1] == "Question close : 6 réponses."


def test_the_feed_of_a_consultation_tells_of_its_questions_and_of_no_others(client, territory, poll, at):
    def questions_of(slug):
        items = json.loads(client.get(f"/concertations/{slug}.json").content)["items"]
        return [item["title"] for item in items if "/questions/" in item["id"]]

    assert questions_of("bouger") == [poll.record.title]
    at(closed(poll))
    assert questions_of("bouger") == [poll.record.title] * 2


def test_the_feed_tells_nothing_of_totals_that_are_hidden_until_the_closing(client, territory, at):
    at(territory.clock)
    poll = hidden(territory)
    answered(poll, territory, *[1] * 6)
    count_polls(territory.clock.now())
    assert "6" not in json.loads(client.get("/questions.json").content)["items"][0]["content_text"].replace(
        "2026", ""
    )
