"""The wall as people read it, ask on it and support it, without an account nor a script."""

import re

import pytest
from django.conf import settings

from at_the_wall import AFTER, ELUE, IN_IT, asked, closed, seated
from conversations import plain
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.wall.actions import (
    Spoken,
    approve_spoken_answer,
    call_question,
    close_wall,
    publish_question,
    read_questions_first,
    support_question,
)
from democratic.participation.meetings.wall.models import AnsweredMark, WallQuestion
from democratic.people.actions import welcome_guest
from democratic.thread.models import Support
from democratic.web.meetings.topics import draw
from democratic.web.meetings.wall import limits

ANSWER = Spoken("Un arrêt coûte 12 000 euros.", ELUE)


def ask(client, wall, title="Combien coûte un arrêt ?", **more):
    return client.post(
        wall, {"title": title, "text": "", "byline": "", "age_band": "18_25", **more}, follow=True
    )


def test_someone_without_an_account_asks_and_her_question_has_a_number_to_follow(client, meeting, wall):
    page = plain(client.get(wall))
    assert "Aucune question n’attend" in page
    done = ask(client, wall, byline="Inès")
    question = WallQuestion.objects.get()
    assert done.redirect_chain[0][0].startswith(f"/questions-de-rencontre/{question.record.code}?")
    told = plain(done)
    assert f"Numéro de suivi : {question.record.code}" in told
    assert "Inès, sur le web" in told
    assert "Combien coûte un arrêt ?" in plain(client.get(wall))


@pytest.mark.parametrize("is_read_first", [False, True])
def test_who_asked_comes_back_with_her_key_which_is_shown_once_and_takes_her_question_back(
    client, reader, meeting, wall, is_read_first
):
    if is_read_first:
        read_questions_first(meeting=meeting, is_on=True, clock=IN_IT)
    done = ask(client, wall)
    key = re.search(r'id="secret">([^<]+)<', done.content.decode())[1]
    assert done.headers["Cache-Control"] == "no-store"
    path, code = done.redirect_chain[0][0], WallQuestion.objects.get().record.code
    assert 'id="secret"' not in client.get(path.replace(code, "K7P-4RM")).content.decode()
    assert 'id="secret"' not in client.get(path.partition("?")[0]).content.decode()
    if is_read_first:
        publish_question(question=WallQuestion.objects.get(), clock=IN_IT)
    elsewhere = reader()
    assert "Combien coûte un arrêt" in plain(elsewhere.post("/retrouver/cle", {"secret": key}))
    elsewhere.post("/retrouver/cle", {"secret": key, "acte": "confirmer"})
    assert WallQuestion.objects.get().record.visibility == "withdrawn"


def test_before_fifteen_the_question_is_kept_without_a_name(client, wall):
    done = ask(client, wall, byline="Lina", age_band="under_15")
    assert "c’est la règle avant 15 ans" in plain(done)
    assert WallQuestion.objects.get().record.byline == ""


@pytest.mark.parametrize("title", ["", "\u200b", "a" * 201, "b" * 10_000])
def test_what_can_not_be_asked_is_said_beside_its_field_and_kept(client, wall, title):
    refused = ask(client, wall, title)
    assert refused.status_code == 400
    assert 'data-state="error"' in refused.content.decode()
    assert not WallQuestion.objects.exists()
    if len(title) > 2:
        assert title in refused.content.decode()


def test_a_hostile_name_and_title_are_shown_and_run_nothing(client, wall):
    ask(client, wall, "<script>alert(1)</script> \u202egnol", byline="<b>Li\u202ena</b>")
    html = client.get(wall).content.decode()
    assert "<script>alert" not in html
    assert "<b>Li" not in html
    assert "\u202e" not in html


def test_a_form_sent_twice_is_one_question_and_one_answer(client, wall):
    for _sent in range(2):
        assert ask(client, wall, key="a" * 32).status_code == 200
    assert WallQuestion.objects.count() == 1


def test_a_tap_supports_and_a_second_one_takes_it_back(client, reader, meeting, wall):
    question = asked(meeting)
    up = f"/questions-de-rencontre/{question.record.code}/soutenir"
    for _tap in range(2):
        done = client.post(up, {"vers": "oui", "retour": wall})
        assert done.url == f"{wall}#q-{question.record.code}"
    assert Support.objects.count() == 1
    assert 'aria-pressed="true"' in client.get(wall).content.decode()
    assert 'class="up up--tall" aria-pressed="true"' not in reader().get(wall).content.decode()
    client.post(up, {"vers": "non"})
    assert not Support.objects.exists()


def test_the_wall_is_sorted_by_a_named_order_that_one_switches(client, meeting, wall):
    first = asked(meeting, "Une ?", seated(meeting, "room"))
    asked(meeting, "Deux ?", seated(meeting, "remote"))
    support_question(question=first, person=welcome_guest())
    first, second = ["Une ?", "Deux ?"], ["Deux ?", "Une ?"]
    for order, titles in (("soutenues", first), ("recentes", second), ("places", first), ("x", first)):
        page = plain(client.get(f"{wall}?tri={order}"))
        assert re.findall(r"(?:Une|Deux) \?", page) == titles
    assert "salle, distance, différé, tour à tour" in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("shelf", ["mur", "repondues", "dues"])
def test_the_wall_asks_the_database_a_fixed_number_of_questions(
    client, meeting, wall, count, shelf, django_assert_max_num_queries
):
    for n in range(count):
        question = asked(meeting, f"Question {n} ?")
        if shelf == "repondues":
            approve_spoken_answer(question=question, spoken=ANSWER, clock=IN_IT)
    if shelf == "dues":
        close_wall(meeting=closed(meeting), clock=AFTER)
    with django_assert_max_num_queries(16):
        page = client.get(f"{wall}?voir={shelf}")
    assert page.content.decode().count('class="queue__q"') == count


def test_the_drawing_of_the_wall_has_nothing_of_who_looks_and_says_who_has_the_floor(
    client, meeting, wall, django_assert_num_queries
):
    asked(meeting, "Une ?", name="Inès")
    call_question(question=WallQuestion.objects.get(), clock=IN_IT)
    asked(meeting, "Deux ?")
    with django_assert_num_queries(2):
        html = draw(Topic.WALL, meeting)
    assert "On y répond" in html
    assert html.index("Une\u00a0?") < html.index("Deux\u00a0?")
    assert 'aria-pressed="true"' not in html
    assert "csrf" not in html


def test_what_is_read_first_says_so_and_is_on_no_page_before(client, meeting, wall):
    read_questions_first(meeting=meeting, is_on=True, clock=IN_IT)
    done = ask(client, wall, "Une question qui attend ?")
    assert "Elle est relue, puis elle paraît au mur" in plain(done)
    question = WallQuestion.objects.get()
    assert "Une question qui attend" not in plain(client.get(wall)).replace("Elle est relue", "")
    waiting = client.get(f"/questions-de-rencontre/{question.record.code}")
    assert "attend d’être relue" in plain(waiting)
    assert "Une question qui attend" not in plain(waiting)


def test_a_question_page_tells_the_answer_and_whether_it_was_one_from_five_marks_on(client, reader, meeting):
    question = asked(meeting)
    approve_spoken_answer(question=question, spoken=ANSWER, clock=IN_IT)
    path = f"/questions-de-rencontre/{question.record.code}"
    page = plain(client.get(path))
    assert "Un arrêt coûte 12 000 euros." in page
    assert ELUE in page
    for n in range(5):
        assert "Le compte se lit à partir de cinq avis" in plain(client.get(path))
        assert reader().post(f"{path}/repondue", {"oui": "1" if n < 3 else "0"}).status_code == 302
    assert "3 personnes sur 5 disent qu’on a répondu" in plain(client.get(path))
    assert AnsweredMark.objects.count() == 5


def test_who_asked_takes_her_question_back_and_nobody_else_can(client, reader, meeting, wall):
    ask(client, wall)
    path = f"/questions-de-rencontre/{WallQuestion.objects.get().record.code}"
    assert "Retirer ma question" in plain(client.get(path))
    stranger = reader()
    assert "Retirer ma question" not in plain(stranger.get(path))
    assert stranger.post(f"{path}/retirer").status_code == 404
    assert client.post(f"{path}/retirer").status_code == 302
    assert client.get(path).status_code == 410


def test_three_hundred_pupils_behind_one_address_each_ask_and_one_of_them_can_not_flood(
    reader, client, meeting, wall, settings
):
    assert limits.OF_NEWCOMERS.times >= 300
    assert limits.OF_A_NETWORK.times >= 300
    ask(client, wall, "Une ?")
    answers = [ask(client, wall, f"Encore {n} ?").status_code for n in range(8)]
    assert 429 in answers
    assert ask(reader(), wall, "Et moi ?").status_code == 200


def test_unknown_codes_lead_nowhere(client, meeting, wall):
    for path in ("/rencontres/ZZZ-ZZZ/questions", "/questions-de-rencontre/ZZZ-ZZZ", f"{wall}?page=9"):
        assert client.get(path).status_code == 404
    assert settings.DEBUG is False
