from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches
from django.test import Client

from conversations import plain
from democratic.kernel.clock import FixedClock

LISTENING = date(2026, 3, 1)


@pytest.fixture
def on(monkeypatch):
    """The day that requests believe it is: the middle of the listening stage, until another is set."""

    def set_day(day):
        caches["fragments"].clear()
        moment = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))

    set_day(LISTENING)
    return set_day


@pytest.fixture
def browser(request, on):
    """Forms of ours are sent from our own pages: a browser says so."""
    live = "live_territory" in request.fixturenames
    request.getfixturevalue("live_territory" if live else "territory")

    def new_browser(account=None):
        client = Client(headers={"sec-fetch-site": "same-origin"})
        if account is not None:
            client.force_login(account)
        client.get("/retrouver")  # the authority is known from now on
        return client

    return new_browser


@pytest.fixture
def client(browser):
    return browser()


@pytest.fixture
def read(client):
    """The words of a page's ``<main>`` and of its flashes, blanks folded, unbreakable ones made ordinary."""

    def words(path, status=200, by=client):
        response = by.get(path)
        assert response.status_code == status, (path, response.status_code)
        return plain(response)

    return words
