"""A class of one computer or of three hundred phones: words alone, a code and a key each, and nothing left behind."""

import re

import pytest
from django.test import Client

from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.classes.actions import close_class, open_class, say_in_class
from democratic.participation.classes.models import ClassSession
from democratic.participation.ideas.queries import record_of_secret
from democratic.people.models import AgeBand, ContactAddress, Person
from democratic.thread.models import Attachment, Follow, Record
from democratic.web.guests import COOKIE
from factories import LATER, build_territory

NETWORK = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def session(territory, client):
    return open_class(
        process=territory.process, seats=3, hours=2, byline="Une classe de 4e", clock=territory.clock
    )


def say(client, session, text="Un bus le soir.", key="k1", **more):
    return client.post(f"/classe/{session.code}", {"key": key, "text": text, **more}, **NETWORK)


def said():
    return Record.objects.select_related("idea", "author", "wording").get(kind="idea")


def test_the_code_as_it_was_typed_opens_the_form(session, client):
    typed = session.code.lower().replace("-", " ")
    assert client.get("/classe", {"code": typed}).url == f"/classe/{session.code}"
    assert len(session.code) <= 8
    page = client.get(f"/classe/{session.code}").content.decode()
    assert "Avant d’écrire" in page
    for asked in ('name="email"', 'name="byline"', 'name="file"', 'name="place"', 'name="age_band"'):
        assert asked not in page


def test_words_alone_are_kept_whatever_is_sent(session, client):
    more = {"byline": "Léa", "email": "lea@example.org", "place": "Vaubrun", "age_band": "26_64"}
    assert say(client, session, **more).status_code == 302
    record = said()
    assert (record.byline, record.place, record.origin) == ("Une classe de 4e", "", "room")
    assert record.idea.age_band == AgeBand.UNSAID
    assert record.author.name == ""
    assert not any(model.objects.exists() for model in (ContactAddress, Follow, Attachment))


def test_no_cookie_is_given_and_one_of_before_is_not_used(session, client):
    known = Client(headers={"sec-fetch-site": "same-origin"})
    known.post("/concertations/bouger/dire", {"key": "x", "text": "À la maison."})
    before = Person.objects.get(records__wording__text="À la maison.")
    assert COOKIE not in say(client, session).cookies
    say(known, session, "En classe.", "k2")
    assert Record.objects.get(wording__text="En classe.").author != before


def test_each_pupil_gets_a_code_and_a_key_that_opens_her_words(territory, session, client):
    page = client.get(say(client, session).url)
    html = page.content.decode()
    assert said().code in html
    secret = re.search(r'class="secret__key">([^<]+)<', html)[1]
    assert record_of_secret(territory.authority, secret) == said()
    assert page.headers["Cache-Control"] == "no-store"


def test_the_key_is_shown_once_as_the_next_pupil_s_back_button_leads_there(session, client):
    where = say(client, session).url
    assert "secret__key" in client.get(where).content.decode()
    again = client.get(where).content.decode()
    assert "secret__key" not in again
    assert "déjà été montrée" in again


def test_the_next_pupil_finds_an_empty_computer(session, client):
    client.cookies[COOKIE] = "x"
    answer = client.post(f"/classe/{session.code}/suivant")
    assert answer.url == f"/classe/{session.code}"
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_form_sent_twice_takes_one_seat(session, client):
    assert say(client, session).url == say(client, session).url
    assert ClassSession.objects.get().taken == 1


def test_when_its_seats_are_taken_it_says_so_and_keeps_what_was_typed(session, client):
    for n in range(3):
        assert say(client, session, key=f"k{n}").status_code == 302
    full = say(client, session, "Et moi ?", key="k9")
    assert full.status_code == 409
    assert "Et moi ?" in full.content.decode()
    assert ClassSession.objects.get().taken == 3


def test_over_unknown_and_elsewhere_look_alike(territory, session, client, monkeypatch):
    other = build_territory(slug="voisin", host="voisin.example")
    elsewhere = open_class(process=other.process, seats=3, hours=2, byline="", clock=other.clock)
    statuses = {client.get(f"/classe/{code}").status_code for code in ("AAA-AAA", elsewhere.code)}
    monkeypatch.setattr(
        "democratic.web.middleware.DATABASE_CLOCK", FixedClock(territory.clock.moment + LATER)
    )
    statuses.add(client.get(f"/classe/{session.code}").status_code)
    assert statuses == {404}
    assert client.get("/classe", {"code": session.code}).status_code == 404


def test_guessed_codes_are_slowed_down(territory, session, client, settings):
    settings.LIMITS_FACTOR = 0.005  # three
    statuses = [client.get("/classe/AAA-AAA", **NETWORK).status_code for _each in range(4)]
    assert statuses == [404, 404, 404, 429]
    assert client.get("/classe", {"code": "BBB-BBB"}, **NETWORK).status_code == 429
    assert client.get(f"/classe/{session.code}", **NETWORK).status_code == 200


def test_three_hundred_pupils_behind_one_address_pass(territory, client, settings):
    """Thirty, under limits that are a tenth of what they are."""
    settings.LIMITS_FACTOR = 0.1
    session = open_class(process=territory.process, seats=30, hours=2, byline="", clock=territory.clock)
    for n in range(30):
        pupil = Client(headers={"sec-fetch-site": "same-origin"})
        assert pupil.get(f"/classe/{session.code}", **NETWORK).status_code == 200, n
        done = say(pupil, session, f"Idée {n}", key=f"p{n}")
        assert done.status_code == 302, n
        assert pupil.get(done.url, **NETWORK).status_code == 200, n
    assert Record.objects.filter(kind="idea", origin="room").count() == 30


@pytest.mark.parametrize(
    ("seats", "hours", "field"), [(0, 2, "seats"), (301, 2, "seats"), (30, 0, "hours"), (30, 9, "hours")]
)
def test_a_session_is_one_class_for_a_day_at_most(territory, seats, hours, field):
    with pytest.raises(Refusal) as refused:
        open_class(process=territory.process, seats=seats, hours=hours, byline="", clock=territory.clock)
    assert refused.value.field == field


def test_once_closed_nothing_is_said_in_it(territory, session):
    close_class(session=session, clock=territory.clock)
    with pytest.raises(Conflict):
        say_in_class(session=session, text="Trop tard.", language="fr", clock=territory.clock)
    with pytest.raises(Conflict):
        close_class(session=session, clock=territory.clock)


class TestAtTheDesk:
    @pytest.fixture
    def agent(self, territory, browser):
        return browser(territory.agent)

    def test_an_agent_opens_shows_and_closes(self, territory, agent):
        here = "/bureau/concertations/bouger/classes"
        assert "Aucune séance en classe" in agent.get(here).content.decode()
        sent = {"key": "c", "seats": "30", "hours": "2", "byline": "Une classe de 4e"}
        assert agent.post(f"{here}/nouvelle", sent).url == here
        session = ClassSession.objects.get()
        page = agent.get(here).content.decode()
        for shown in (session.code, "<svg", "0 sur 30 places", "Une classe de 4e"):
            assert shown in page
        assert agent.post(f"/bureau/classes/{session.pk}/fermer").url == here
        assert "terminée le" in agent.get(here).content.decode()
        agent.post(f"/bureau/classes/{session.pk}/fermer")

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_asks_a_fixed_number_of_questions(
        self, territory, agent, count, django_assert_num_queries
    ):
        for _each in range(count):
            open_class(process=territory.process, seats=3, hours=2, byline="", clock=territory.clock)
        agent.get("/bureau/concertations/bouger/classes")
        with django_assert_num_queries(8):
            agent.get("/bureau/concertations/bouger/classes")

    def test_the_list_is_paged(self, territory, agent, monkeypatch):
        monkeypatch.setattr("democratic.web.desk.views.classes.PAGE", 2)
        for _each in range(3):
            open_class(process=territory.process, seats=3, hours=2, byline="", clock=territory.clock)
        assert "?page=2" in agent.get("/bureau/concertations/bouger/classes").content.decode()
