"""What is touched is drawn once, numbered without a gap, and told at most twice a second; killed, nothing is lost."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now

from democratic.participation.meetings.live import telling
from democratic.participation.meetings.live.forgetting import forget_old_events
from democratic.participation.meetings.live.models import LiveEvent, LiveTouch, Topic
from democratic.participation.meetings.live.queries import last_number, newest_of
from democratic.participation.meetings.live.telling import (
    NOT_SOONER,
    Teller,
    hold_teller_lock,
    tell,
    touched_parts,
)
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.models import Meeting
from meeting_streams import meet, told


@pytest.fixture
def meeting(territory):
    return meet(territory)


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


class Drawn:
    """How often each was drawn."""

    def __init__(self):
        self.calls = []

    def __call__(self, topic, meeting):
        self.calls.append(topic)
        return {"fr": f"{topic} {len(self.calls)}"}


def rows(meeting):
    return list(LiveEvent.objects.filter(meeting=meeting).order_by("number").values_list("number", "topic"))


def test_a_hundred_touches_of_one_topic_are_one_drawing_and_one_event(meeting):
    for _each in range(100):
        touch(meeting.pk, Topic.SOUNDING)
    touch(meeting.pk, Topic.WALL)
    drawn = Drawn()
    assert Teller(drawn, Clock()).go_round() == 2
    assert sorted(drawn.calls) == [Topic.SOUNDING, Topic.WALL]
    assert rows(meeting) == [(1, "sounding"), (2, "wall")]
    assert not LiveTouch.objects.exists()


@pytest.mark.parametrize(("topic", "told"), [(Topic.FLOOR, 4), (Topic.SOUNDING, 2)])
def test_a_topic_is_told_at_most_twice_a_second_a_vote_once_and_never_forgotten(meeting, topic, told):
    clock, drawn = Clock(), Drawn()
    teller = Teller(drawn, clock)
    for _tenth in range(20):
        touch(meeting.pk, topic)
        teller.go_round()
        clock.now += 0.1
    assert len(drawn.calls) == told
    touch(meeting.pk, Topic.WALL)
    assert teller.go_round() == 1 or not LiveTouch.objects.filter(topic=Topic.WALL).exists()
    clock.now += 2 * NOT_SOONER
    teller.go_round()
    assert not LiveTouch.objects.exists()


def test_meetings_are_numbered_each_for_itself_in_one_notification(territory, meeting):
    other = meet(territory, "Une autre")
    LiveTouch.objects.all().delete()
    told(meeting, "un", Topic.STATE)
    touch(meeting.pk, Topic.STATE)
    touch(other.pk, Topic.STATE, Topic.AGENDA)
    said = []
    with connection.execute_wrapper(
        lambda execute, sql, values, many, context: (
            said.append(values) if "pg_notify" in sql else None,
            execute(sql, values, many, context),
        )[1]
    ):
        tell(touched_parts(), Drawn())
    assert len(said) == 1
    assert json.loads(said[0][1]) == {meeting.pk.hex: 2, other.pk.hex: 2}
    assert rows(meeting) == [(1, "state"), (2, "state")]
    assert [number for number, _topic in rows(other)] == [1, 2]


def test_what_was_replaced_keeps_its_number_and_loses_its_words(meeting):
    told(meeting, "une question qui sera masquée", Topic.WALL)
    told(meeting, "ouverte", Topic.STATE)
    told(meeting, "sans elle", Topic.WALL)
    assert LiveEvent.objects.get(meeting=meeting, number=1).said == {}
    newest = newest_of(meeting.pk)
    assert newest.last == last_number(meeting.pk) == 3
    assert [(number, topic) for number, topic, _said in newest.told] == [(2, "state"), (3, "wall")]
    assert [number for number, *_told in newest_of(meeting.pk, after=2).told] == [3]
    assert len(newest_of(meeting.pk, after=99).told) == 2


def test_who_is_killed_before_the_end_has_told_nothing_and_lost_nothing(meeting):
    touch(meeting.pk, Topic.STATE, Topic.WALL)

    def killed(topic, _meeting):
        if topic == Topic.WALL:
            raise OperationalError
        return {"fr": "dit"}

    with pytest.raises(OperationalError):
        tell(touched_parts(), killed)
    assert rows(meeting) == []
    assert LiveTouch.objects.count() == 2
    tell(touched_parts(), Drawn())
    assert [number for number, _topic in rows(meeting)] == [1, 2]


def test_a_drawing_that_fails_holds_nothing_else_back_and_is_logged(meeting, caplog):
    touch(meeting.pk, Topic.STATE, Topic.WALL)

    def broken(topic, meeting):
        if topic == Topic.STATE:
            Meeting.objects.get(pk=None)
        return {"fr": "dit"}

    assert tell(touched_parts(), broken) == 1
    assert rows(meeting) == [(1, "wall")]
    assert "can't be drawn" in caplog.text


def test_what_no_screen_shows_is_no_event(meeting):
    touch(meeting.pk, Topic.CAPTIONS)
    assert tell(touched_parts(), lambda _topic, _meeting: {}) == 0
    assert (rows(meeting), LiveTouch.objects.count()) == ([], 0)


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_asks_as_much_for_each_topic(territory, count, django_assert_max_num_queries):
    for meeting in [meet(territory) for _each in range(count)]:
        touch(meeting.pk, Topic.STATE)
    parts = touched_parts()
    with django_assert_max_num_queries(4 + 7 * count):  # taken, savepoints, number, replaced, written
        assert tell(parts, Drawn()) == count


def test_a_day_after_a_meeting_its_last_number_alone_stays(meeting):
    told(meeting, "un", Topic.STATE)
    told(meeting, "deux", Topic.WALL)
    ended = Now() - timedelta(days=2)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=ended - timedelta(hours=2), ends_at=ended)
    assert forget_old_events() == 0  # it was told of a moment ago
    LiveEvent.objects.update(at=ended)
    assert forget_old_events() == 2
    assert (rows(meeting), newest_of(meeting.pk).told) == ([(2, "wall")], ())
    assert forget_old_events() == 0
    told(meeting, "plus tard", Topic.SOUNDING)
    assert last_number(meeting.pk) == 3


def test_events_of_a_meeting_that_lasts_are_never_forgotten(meeting):
    told(meeting, "un", Topic.STATE)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=Now() - timedelta(days=3), ends_at=Now() + timedelta(hours=1)
    )
    LiveEvent.objects.update(at=Now() - timedelta(days=2))
    assert forget_old_events() == 0


def test_one_alone_tells(transactional_db):
    assert hold_teller_lock()
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(%s)", [telling.TELLER_LOCK])
