from datetime import timedelta

import pytest

from chatting import open_channel, open_flow
from conversations import plain
from democratic.kernel.limits import Limit
from democratic.messaging.models import Correspondent, IncomingMessage
from democratic.participation.conversations.models import FlowRun
from democratic.participation.ideas.models import Idea
from talking import HERE, answer, lina_answers, pair, text

pytestmark = pytest.mark.django_db
WAYS = (("r", "widget"), ("cadre", "widget"), ("borne", "kiosk"))


@pytest.fixture(autouse=True)
def _in_the_listening_stage(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)


@pytest.fixture(params=WAYS, ids=[way for way, _kind in WAYS])
def way(request, territory, client):
    root, kind = request.param
    open_channel(territory.authority, kind)
    open_flow(territory)
    if kind == "kiosk":
        pair(client, territory.clock)
    return f"/{root}/LYC-BRO"


def test_one_question_a_page_from_the_code_to_a_public_number(client, way):
    begins = client.get(way)
    assert f"Question 1 sur {4 if way.startswith('/borne') else 5}" in text(begins)
    assert "Pour sortir le soir, tu fais comment ?" in text(begins)
    assert not Correspondent.objects.exists()
    url = lina_answers(client, way)
    idea = Idea.objects.get()
    end = text(client.get(url))
    assert idea.record.code in end
    assert "Merci" in end
    assert idea.record.origin == ("room" if way.startswith("/borne") else "web")


def test_a_double_tap_begins_one_conversation_and_answers_once(client, way):
    first = answer(client, way, choice="evening:bus", key="k1")
    again = answer(client, way, choice="evening:bus", key="k1")
    assert first.url == again.url
    assert FlowRun.objects.count() == 1
    for _each in range(3):
        answer(client, first.url, text="Vaubrun", key="k2")
    assert FlowRun.objects.get().step == "age"


def test_what_is_not_understood_is_asked_again_with_a_word(client, way):
    url = answer(client, way, choice="evening:bus").url
    answer(client, url, text="Zzzz")
    page = text(client.get(url))
    assert "Je n’ai pas trouvé ce lieu" in page
    assert "Tu habites où ?" in page


def test_a_place_that_is_not_sure_is_offered(client, way):
    url = answer(client, way, choice="evening:bus").url
    answer(client, url, text="99120")
    page = client.get(url)
    assert "Le Mesnil" in text(page)
    answer(client, url, choice="where:Le Mesnil")
    assert FlowRun.objects.get().answers.get(step="where").value == "Le Mesnil"


def test_a_child_leaves_no_words_and_is_thanked(client, way):
    url = lina_answers(client, way, age="age:under_15")
    assert "Merci" in text(client.get(url))
    assert not Idea.objects.exists()
    assert not IncomingMessage.objects.exclude(text="").exists()


def test_no_page_holds_a_script_of_anyone_or_a_cookie(client, way):
    page = client.get(way)
    assert not page.cookies
    if way.startswith("/cadre"):
        policy = page.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "form-action 'self'" in policy
        assert "script-src" not in policy
        assert "<script" not in page.content.decode()
    else:
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/r/ABC-DEF", "/r/LYC-BRO", "/cadre/LYC-BRO", "/borne/LYC-BRO", "/r/LYC-BRO/xyz"]
)
def test_a_code_or_a_channel_that_is_not_open_is_not_found(client, territory, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"choice": "evening:bus"}, **HERE).status_code == 404


def test_an_address_of_nobody_leads_to_the_beginning(client, way):
    assert client.get(f"{way}/{'0' * 32}").url == way


def test_another_s_address_is_not_guessed_and_says_nothing(client, way):
    url = lina_answers(client, way)
    other = url[:-1] + ("0" if url[-1] != "0" else "1")
    assert client.get(other).url == way


def test_in_english_the_questions_are_in_english(client, territory):
    open_channel(territory.authority)
    open_flow(territory)
    page = client.get("/en/r/LYC-BRO")
    assert "How do you get around at night?" in plain(page)
    url = answer(client, "/en/r/LYC-BRO", choice="evening:bus").url
    assert "Where do you live?" in plain(client.get(url))


def test_the_same_number_of_questions_to_the_database_however_many_answered(
    client, territory, django_assert_max_num_queries
):
    open_channel(territory.authority)
    open_flow(territory)
    for _each in range(3):
        lina_answers(client, "/r/LYC-BRO")
    url = lina_answers(client, "/r/LYC-BRO")
    with django_assert_max_num_queries(14):
        client.get(url)
    with django_assert_max_num_queries(14):
        client.get("/r/LYC-BRO")


def test_who_answers_faster_than_anybody_reads_that_and_stays_where_she_was(client, way, monkeypatch):
    monkeypatch.setattr("democratic.web.talks.views.ANSWERS_OF_ONE", Limit("answers-of-talk", 1, 600))
    url = answer(client, way, choice="evening:bus").url
    assert answer(client, url, text="Vaubrun").status_code == 302
    told = answer(client, url, choice="age:15_17")
    assert told.status_code == 429
    assert "Trop d’essais en peu de temps" in text(told)
    assert "Tu as quel âge ?" in text(told)


def test_a_network_that_begins_too_many_is_told_so_under_the_first_question(client, way, monkeypatch):
    for limit in ("BEGUN_OF_A_NETWORK", "BEGUN_AT_SCREENS"):
        monkeypatch.setattr(f"democratic.web.talks.views.{limit}", Limit("talks-of-network", 1, 600))
    assert answer(client, way, choice="evening:bus").status_code == 302
    told = answer(client, way, choice="evening:bus")
    assert told.status_code == 429
    assert "Trop d’essais" in text(told)
    assert "Pour sortir le soir" in text(told)


def kiosk(territory, client):
    open_channel(territory.authority, "kiosk")
    open_flow(territory)
    pair(client, territory.clock)
    return "/borne/LYC-BRO"


def test_a_screen_forgets_who_leaves_it_and_retour_leads_to_the_beginning(client, territory):
    way = kiosk(territory, client)
    url = lina_answers(client, way)
    assert Idea.objects.get().record.code in text(client.get(url))
    left = client.post(url, {"leave": "1"}, **HERE)
    assert (left.status_code, left.url) == (302, way)
    assert client.get(url).url == way
    assert not Correspondent.objects.exclude(address="").exists()


def test_who_comes_to_a_screen_that_someone_left_says_nothing_in_her_place(client, territory):
    way = kiosk(territory, client)
    url = answer(client, way, choice="evening:bus").url
    answer(client, url, text="Vaubrun")
    answer(client, url, choice="age:26_64")
    Correspondent.objects.update(heard_at=territory.clock.now() - timedelta(minutes=11))
    assert client.get(url).url == way
    answer(client, url, text="Les mots d’un autre")
    assert not Idea.objects.exists()
    assert FlowRun.objects.get().state == "left"


def test_a_screen_in_a_hall_does_not_ask_to_tell_her_later(client, territory):
    url = lina_answers(client, kiosk(territory, client))
    assert "Merci" in text(client.get(url))
    assert FlowRun.objects.get().state == "done"
    assert not FlowRun.objects.get().answers.filter(kind="consent").exists()


def test_a_screen_takes_what_people_can_say_before_it_and_no_more(client, territory, monkeypatch):
    monkeypatch.setattr("democratic.web.talks.views.BEGUN_AT_SCREENS", Limit("talks-at-screens", 1, 600))
    way = kiosk(territory, client)
    assert answer(client, way, choice="evening:bus").status_code == 302
    assert answer(client, way, choice="evening:bus").status_code == 429


def test_what_is_too_long_stays_in_the_form_with_what_to_do(client, way):
    url = answer(client, way, choice="evening:bus").url
    answer(client, url, text="Vaubrun")
    answer(client, url, choice="age:18_25")
    told = answer(client, url, text="é" * 2001)
    assert "C’est trop long" in text(told)
    assert "é" * 2001 in told.content.decode()
    assert not Idea.objects.exists()
    answer(client, url, text="é\r\n" * 660)  # a line's end is one sign of two thousand
    assert Idea.objects.count() == 1


def test_links_of_a_frame_open_beside_it_and_its_forms_within(client, territory):
    open_channel(territory.authority)
    open_flow(territory)
    page = client.get("/cadre/LYC-BRO").content.decode()
    assert '<base target="_blank">' in page
    assert 'target="_self"' in page


def test_who_opens_the_conversation_of_another_may_begin_hers(client, territory):
    open_channel(territory.authority)
    open_flow(territory)
    page = client.get(answer(client, "/r/LYC-BRO", choice="evening:bus").url).content.decode()
    assert '<a href="/r/LYC-BRO" target="_self">' in page
