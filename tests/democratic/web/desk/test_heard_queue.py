"""The first page of the desk names the photos to look at and the voices to write down, and asks no question more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chatting import Chatter
from conversations import plain
from democratic.kernel.clock import FixedClock
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.models import Flow
from democratic.participation.conversations.releasing import remove_file
from sending_files import HELD, SPOKEN, at_the_photo, held_by_telegram, sent

pytestmark = pytest.mark.django_db
HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def lina(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    held_by_telegram(monkeypatch)
    return at_the_photo(territory)


@pytest.fixture
def agent(territory):
    client = Client(headers=HERE)
    client.force_login(territory.agent)
    return client


def fetch(lina, later=timedelta(0)):
    fetch_what_is_awaited(FixedClock(lina.territory.clock.now() + later))


def test_nothing_sent_is_no_line_and_what_is_on_its_way_neither(agent, lina):
    lina.says(media=[HELD])
    page = plain(agent.get("/bureau"))
    assert "à regarder" not in page
    assert "photos et vocaux" not in page


def test_one_photo_says_since_when_it_waits_and_leads_to_where_it_is_looked_at(agent, lina):
    lina.says(media=[HELD])
    fetch(lina)
    page = agent.get("/bureau")
    assert "Une photo à regarder" in plain(page)
    assert "attend depuis le 1er mars" in plain(page)
    files = f"/bureau/concertations/bouger/conversations/{Flow.objects.get().pk}/fichiers"
    assert f'href="{files}"' in page.content.decode()
    assert agent.get(files).status_code == 200
    remove_file(sent=sent(), clock=lina.territory.clock)
    assert "à regarder" not in plain(agent.get("/bureau"))


def test_photos_and_voices_are_counted_apart_in_one_line(agent, lina):
    lina.says(media=[HELD]).says(media=[SPOKEN])
    other = Chatter(lina.territory, address="ines", kind="telegram")
    other.says("LYC-BRO").says("1").says("18-25 ans").says("Autre chose").says("sans photo").says(
        media=[SPOKEN]
    )
    fetch(lina)
    page = plain(agent.get("/bureau"))
    assert "Une photo à regarder · 2 vocaux à écrire" in page
    assert "le plus ancien du 1er mars" in page
    remove_file(sent=sent(), clock=lina.territory.clock)
    assert "2 vocaux à écrire" in plain(agent.get("/bureau"))


def test_the_line_costs_no_question_whatever_waits(agent, lina):
    agent.get("/bureau")
    with CaptureQueriesContext(connection) as none:
        agent.get("/bureau")
    lina.says(media=[HELD]).says(media=[SPOKEN])
    fetch(lina)
    with CaptureQueriesContext(connection) as two:
        assert "à regarder" in plain(agent.get("/bureau"))
    assert len(two) == len(none) <= 12


def test_an_official_who_does_not_look_at_them_reads_no_such_line(lina, official_client):
    lina.says(media=[HELD])
    fetch(lina)
    assert "à regarder" not in plain(official_client.get("/bureau"))


@pytest.fixture
def official_client(territory):
    client = Client(headers=HERE)
    client.force_login(territory.elected)
    return client
