import pytest
from django.test import Client

from at_the_wall import IN_IT, live, team
from democratic.kernel.clock import FixedClock
from democratic.participation.meetings.models import TeamRole


@pytest.fixture
def at(monkeypatch):
    """Requests come at this moment."""

    def come(clock: FixedClock) -> None:
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock)

    return come


@pytest.fixture
def meeting(territory, at):
    """It runs; the élue answers in it, and an agent runs it."""
    at(IN_IT)
    found = live(territory)
    team(found, territory.elected.person, TeamRole.ANSWERS)
    return found


@pytest.fixture
def wall(meeting):
    return f"/rencontres/{meeting.record.code}/questions"


@pytest.fixture
def reader():
    """A browser of its own: forms of ours are sent from our own pages, and it says so."""
    return lambda: Client(headers={"sec-fetch-site": "same-origin"})


@pytest.fixture
def client(reader):
    return reader()
