import re
from html import unescape

import pytest
from django.test import Client

from bodies import association
from democratic.kernel.clock import FixedClock
from factories import NOW


@pytest.fixture
def at(monkeypatch):
    def moved(moment):
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))

    moved(NOW)
    return moved


@pytest.fixture
def club(territory, at):
    return association(territory)


@pytest.fixture
def browser():
    def of(account=None):
        client = Client(headers={"sec-fetch-site": "same-origin"})
        if account is not None:
            client.force_login(account)
        return client

    return of


@pytest.fixture
def keeper(browser, club):
    return browser(club.keeper)


@pytest.fixture
def member(browser, club):
    return browser(club.member)


@pytest.fixture
def words():
    """What the page says, flashes and frame with it, blanks folded."""

    def said(response):
        main = re.search(r"<body.*</body>", response.content.decode(), re.DOTALL)[0]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ").split())

    return said
