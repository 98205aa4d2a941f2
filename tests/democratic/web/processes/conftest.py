import pytest
from django.core.cache import caches

from reading_course import IN_ACTION, SetClock


@pytest.fixture
def on_day(monkeypatch):
    """Set the day on which requests are read. Pages are kept by the database's own day: forget the others'."""
    days = []

    def set_day(day=IN_ACTION):
        if days[-1:] != [day]:
            caches["fragments"].clear()
            days.append(day)
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", SetClock(day))

    return set_day


@pytest.fixture
def read(client, on_day):
    """Read a page on a day, as plain text with one space between words."""

    def get(path, day=IN_ACTION, status=200):
        on_day(day)
        response = client.get(path)
        assert response.status_code == status, response.status_code
        return response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")

    return get
