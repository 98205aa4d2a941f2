from datetime import UTC, datetime

import pytest
from django.core.cache import caches

from conversations import plain
from democratic.kernel.clock import FixedClock
from outlines import draw


@pytest.fixture
def on_the_ground(territory, monkeypatch):
    """The territory with its outline, in the middle of its listening stage."""
    monkeypatch.setattr(
        "democratic.web.middleware.DATABASE_CLOCK", FixedClock(datetime(2026, 3, 1, 10, tzinfo=UTC))
    )
    draw(territory)
    return territory


@pytest.fixture
def read(client):
    def words(path, status=200):
        caches["fragments"].clear()
        response = client.get(path)
        assert response.status_code == status, (path, response.status_code)
        return plain(response)

    return words
