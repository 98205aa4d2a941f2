import json

import pytest
from django.core.cache import caches
from icalendar import Calendar
from lxml import etree

from reading_course import IN_ACTION, SetClock

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def on_day(monkeypatch):
    def set_day(day=IN_ACTION):
        caches["fragments"].clear()
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", SetClock(day))

    set_day()
    return set_day


@pytest.fixture
def get(client, on_day):
    def fetch(path, status=200, **headers):
        response = client.get(path, **headers)
        assert response.status_code == status, (path, response.status_code)
        return response

    return fetch


@pytest.fixture
def atom(get):
    """A feed as a parser that resolves nothing reads it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return lambda path: etree.fromstring(get(path).content, parser)


@pytest.fixture
def entries(atom):
    """(title, content) of each entry of a feed."""

    def read(path):
        found = atom(path).findall("a:entry", ATOM)
        return [(one.findtext("a:title", "", ATOM), one.findtext("a:content", "", ATOM)) for one in found]

    return read


@pytest.fixture
def feed(get):
    return lambda path: json.loads(get(path).content)


@pytest.fixture
def events(get):
    return lambda path: Calendar.from_ical(get(path).content).walk("VEVENT")
