import pytest
from django.test import Client

from asking import asked
from democratic.kernel.clock import FixedClock


@pytest.fixture
def at(monkeypatch):
    """Requests come at this moment."""

    def come(clock: FixedClock) -> None:
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock)

    return come


@pytest.fixture
def poll(territory, at):
    at(territory.clock)
    return asked(territory)


@pytest.fixture
def path(poll):
    return f"/questions/{poll.record.code}"


@pytest.fixture
def reader():
    """A browser of its own: forms of ours are sent from our own pages, and it says so."""
    return lambda: Client(headers={"sec-fetch-site": "same-origin"})


@pytest.fixture
def client(reader):
    return reader()
