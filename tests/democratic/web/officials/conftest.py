import re
from html import unescape

import pytest
from django.core.cache import caches
from django.test import Client

from democratic.kernel.clock import FixedClock
from factories import NOW, clock_at


@pytest.fixture
def on(monkeypatch):
    def set_day(day):
        caches["fragments"].clear()
        moment = clock_at(day).moment if day else NOW
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))

    set_day(None)
    return set_day


@pytest.fixture
def client(on):
    return Client(headers={"sec-fetch-site": "same-origin"})


@pytest.fixture
def read(client):
    def words(path, by=client):
        response = by.get(path)
        assert response.status_code == 200, path
        main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ").split())

    return words
