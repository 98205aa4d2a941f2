import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from democratic.participation.meetings.minutes.actions import start_minutes
from told_meetings import NEXT_MORNING, propose, told_meeting


class AskingClock:
    """As the database's own: it asks a question each time, so that counts stay true."""

    def __init__(self, moment):
        self.moment = moment

    def now(self):
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
        return self.moment


@pytest.fixture
def at(monkeypatch):
    """Requests come at this moment; pages kept at another are forgotten."""

    def come(clock):
        caches["fragments"].clear()
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", AskingClock(clock.now()))

    come(NEXT_MORNING)
    return come


@pytest.fixture
def told(territory, at):
    return told_meeting(territory)


@pytest.fixture
def draft(told):
    return start_minutes(meeting=told.meeting, clock=NEXT_MORNING)


@pytest.fixture
def proposed(draft):
    return propose(draft)


@pytest.fixture
def here(told):
    return f"/rencontres/{told.meeting.record.code}"


@pytest.fixture
def browser():
    """A browser of its own: forms of ours are sent from our own pages, and it says so."""
    return lambda: Client(headers={"sec-fetch-site": "same-origin"})


@pytest.fixture
def client(browser):
    return browser()


@pytest.fixture
def writer(territory, browser):
    client = browser()
    client.force_login(territory.agent)
    return client
