"""What is measured is a wall and a queue as people read them: full, and counted."""

import pytest
from django.db import connection

from democratic.config.bench.fill import open_a_process
from democratic.config.bench.live_meeting import open_meeting
from democratic.config.bench.wall_fill import fill_hands, fill_wall
from democratic.participation.meetings.floor.queries import floor_of
from democratic.participation.meetings.wall.ordered import Order, wall_of
from democratic.participation.meetings.wall.queries import Shelf, wall_counts
from democratic.thread.actions import open_authority


@pytest.fixture
def meeting(db, monkeypatch):
    monkeypatch.setattr("democratic.config.bench.live_meeting.fill_ideas", _a_process)
    return open_meeting().meeting


def _a_process(_ideas):
    """Without the sweep, which no transaction allows."""
    return open_a_process(open_authority(slug="banc", name="Banc", kind_label="une collectivité"))


def test_a_wall_is_filled_with_its_supports_counted_and_a_queue_with_its_hands(meeting):
    code, person = fill_wall(meeting, 40), fill_hands(meeting, 40)
    shown = wall_of(meeting, Shelf.OPEN, Order.SUPPORTED, offset=0, limit=50)
    assert wall_counts(meeting).open == len(shown) == 40
    assert shown[0].supports >= shown[-1].supports > 0
    assert code in {each.code for each in shown}
    floor = floor_of(meeting)
    assert len(floor.waiting) == 40
    assert meeting.attendances.filter(person=person).exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "select sum(supports) = (select count(*) from thread_support) from participation_wallquestion"
        )
        assert cursor.fetchone() == (True,)
