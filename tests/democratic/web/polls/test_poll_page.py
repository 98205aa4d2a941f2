"""A question as people read it: one tap, what follows, and « Pourquoi ? »."""

import re

import pytest

from asking import OPTIONS, TITLE, answered, asked, at_closing, hidden
from conversations import plain
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.ideas.models import Idea
from democratic.participation.polls.actions import answer_poll
from democratic.participation.polls.counting import count_polls
from democratic.participation.polls.models import PollAnswer
from democratic.thread.journal import drain
from democratic.thread.models import Link, LinkKind
from verifying import verified


def test_a_reader_without_an_account_answers_with_one_tap_and_is_told_what_follows(client, poll, path):
    page = plain(client.get(path))
    assert TITLE.replace("\u00a0", " ") in page.replace("\u00a0", " ")
    assert all(option in page for option in OPTIONS)
    done = client.post(f"{path}/repondre", {"option": "2"}, follow=True)
    assert done.redirect_chain == [(f"{path}#reponse", 302)]
    assert "Votre réponse : Oui, le week-end" in plain(done)
    assert "Odile Vasseur-Thiry y répond" in plain(done)
    assert [answer.option.rank for answer in poll.answers.all()] == [2]


def test_a_second_tap_of_the_same_browser_changes_the_answer_and_taking_back_leaves_none(client, poll, path):
    for option in ("1", "1", "3"):
        client.post(f"{path}/repondre", {"option": option})
    assert [answer.option.rank for answer in poll.answers.all()] == [3]
    client.post(f"{path}/reprendre")
    assert not poll.answers.exists()


@pytest.mark.parametrize("option", ["", "0", "9", "-1", "abc", "²", "99999999999999999999", "\x00"])
def test_what_is_not_proposed_is_refused_in_words(client, poll, path, option):
    refused = client.post(f"{path}/repondre", {"option": option})
    assert refused.status_code == 400
    assert "Choisissez l’une des réponses proposées" in plain(refused)
    assert not PollAnswer.objects.exists()


def test_after_closing_a_tap_is_refused_and_the_result_is_there(client, territory, poll, path, at):
    answered(poll, territory, *[1] * 7, *[2] * 3)
    end = at_closing(poll)
    at(end)
    assert client.post(f"{path}/repondre", {"option": "1"}).status_code == 409
    assert "Le résultat paraît ici dans la minute" in plain(client.get(path))
    count_polls(end.now())
    page = plain(client.get(path)).replace("\u00a0", " ")
    assert "« Oui » : 7 réponses sur 10" in page
    assert "n = 10 participants volontaires, non représentatif" in page
    assert "sondage" not in page.lower()


def test_a_closed_result_says_how_many_were_verified_and_what_each_side_answered(
    client, territory, poll, path, at
):
    for _ in range(6):
        answer_poll(poll_id=poll.pk, rank=1, person=verified(), clock=territory.clock)
    answered(poll, territory, *[2] * 20)
    end = at_closing(poll)
    at(end)
    count_polls(end.now())
    shown = client.get(path)
    page = plain(shown)
    assert "n = 26 participants volontaires, non représentatif, dont 6 de personnes vérifiées" in page
    assert "personnes vérifiées les autres" in page
    assert "Oui, le week-end » : 20 réponses sur 26" in page
    address = re.search(r'href="([^"]+donnees\.csv)"', shown.content.decode())[1]
    data = b"".join(client.get(address)).decode()
    assert "personnes vérifiées" in data
    assert "26 réponses, dont 6 de personnes vérifiées" in plain(client.get("/questions?etat=closes"))


def test_totals_shown_after_answering_are_shown_to_who_answered(client, territory, poll, path):
    answered(poll, territory, *[1] * 7)
    count_polls(territory.clock.now())
    assert "7 réponses sur 7" not in plain(client.get(path))
    client.post(f"{path}/repondre", {"option": "1"})
    assert "7 réponses sur 7" in plain(client.get(path))


def test_a_stored_page_never_shows_one_readers_answer_to_another(client, reader, poll, path):
    client.post(f"{path}/repondre", {"option": "1"})
    assert "Votre réponse" in plain(client.get(path))
    assert "Elle est enregistrée" not in plain(reader().get(path))


def test_why_becomes_a_contribution_that_is_owed_an_answer_and_says_nothing_of_the_tap(
    client, reader, poll, path
):
    done = client.post(f"{path}/repondre", {"option": "3"}, follow=True)
    action = re.search(r'action="([^"]+dire\?question=[^"]+)"', done.content.decode())
    assert action
    said = client.post(action[1], {"text": "Le dernier car part à 19 h.", "age_band": "", "key": "k1"})
    assert said.status_code == 302
    idea = Idea.objects.get()
    link = Link.objects.get(kind=LinkKind.INSPIRED, target=idea.record)
    assert link.source_id == poll.pk
    assert "option" not in link.entry.data
    drain(clock=DATABASE_CLOCK)
    assert "Une personne a dit pourquoi" in plain(reader().get(path))
    assert TITLE.split("\u00a0")[0] in plain(client.get(f"/fil/{idea.record.code}"))


def test_a_sentence_that_is_refused_keeps_the_question_it_answers(client, poll, path):
    refused = client.post(f"/concertations/bouger/dire?question={poll.record.code}", {"text": ""})
    assert refused.status_code == 400
    assert "À propos de la question" in plain(refused)


def test_why_after_another_places_question_is_a_plain_contribution(client, poll, territory):
    client.post("/concertations/bouger/dire?question=ZZZ-ZZZ", {"text": "Un bus."})
    assert Idea.objects.exists()
    assert not Link.objects.filter(kind=LinkKind.INSPIRED).exists()


def test_an_order_drawn_for_each_stays_hers_and_leaves_no_opinion_last(client, reader, territory, at):
    at(territory.clock)
    poll = asked(territory, is_shuffled=True, takes_no_opinion=True, options=tuple("ABCDEFGH"))
    path = f"/questions/{poll.record.code}"

    def order(browser):
        return re.findall(r'name="option" value="(\d)"', browser.get(path).content.decode())

    assert len({tuple(order(reader())) for _each in range(8)}) > 1  # one in 40,320 to the seventh
    client.post(f"{path}/repondre", {"option": "1"})
    assert order(client) == order(client)
    assert order(client)[-1] == "9"
    assert client.get(path).headers.get("X-Page-Version") is None


@pytest.mark.parametrize("count", [2, 8])
def test_a_question_asks_the_database_as_often_for_two_options_as_for_eight(
    client, territory, at, count, django_assert_num_queries
):
    at(territory.clock)
    poll = asked(territory, options=tuple("ABCDEFGH"[:count]))
    path = f"/questions/{poll.record.code}"
    client.get(path)
    client.post(f"{path}/repondre", {"option": "1"})
    with django_assert_num_queries(9):
        client.get(path)


def test_the_process_and_the_home_page_propose_the_open_question_first(client, territory, poll, path):
    home = client.get("/").content.decode()
    assert home.index(path) < home.index("/concertations/bouger/dire")
    assert "10 secondes" in home
    process = client.get("/concertations/bouger").content.decode()
    assert process.index(path) < process.index("/concertations/bouger/dire")


def test_a_closed_question_stays_on_its_process_with_how_many_answered(client, territory, poll, path, at):
    answered(poll, territory, *[1] * 6)
    end = at_closing(poll)
    at(end)
    count_polls(end.now())
    assert "6 réponses" in plain(client.get("/concertations/bouger"))
    assert path not in client.get("/").content.decode()


def test_the_figure_has_its_page_its_table_and_its_embed(client, territory, poll, path):
    answered(poll, territory, *[1] * 7)
    answered(poll, territory, *[2] * 6, origin="street")
    assert client.get(f"/fil/{poll.record.code}/figure").status_code == 404
    count_polls(territory.clock.now())
    page = client.get(f"/fil/{poll.record.code}/figure")
    assert page.status_code == 200
    table = re.search(r'href="([^"]+donnees\.csv)"', page.content.decode())
    assert table
    assert client.get(table[1]).content.decode().splitlines()[1].split(",")[:2] == ["Oui", "7"]
    assert client.get(f"/fil/{poll.record.code}/figure/integrer").status_code == 200


def test_the_page_in_english_says_the_language_of_the_question(client, poll):
    page = client.get(f"/en/questions/{poll.record.code}").content.decode()
    assert 'lang="fr"' in page


def test_a_question_found_by_search_and_by_its_code_leads_to_its_page(client, poll, path):
    assert path in client.get("/recherche?q=bus").content.decode()
    assert client.get(f"/{poll.record.code}").url == path
    assert client.get(f"/fil/{poll.record.code}").url == path


def test_hidden_totals_are_told_to_nobody_before_closing_not_even_to_who_answered(client, territory, at):
    at(territory.clock)
    poll = hidden(territory)
    answered(poll, territory, *[1] * 9)
    count_polls(territory.clock.now())
    path = f"/questions/{poll.record.code}"
    done = client.post(f"{path}/repondre", {"option": "1"}, follow=True)
    assert "avant, personne ne le connaît" in plain(done)
    assert "réponses sur" not in plain(done)
    assert client.get(f"/fil/{poll.record.code}/figure").status_code == 404
