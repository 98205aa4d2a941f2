import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from democratic.thread import actions
from democratic.thread.events import SUPPORTS_COUNTED
from democratic.thread.journal import coalesce_marks, marks
from democratic.thread.models import Entry, MarkedRecord, PendingEntry

WAIT = 30


def _totals(record) -> list[int]:
    counted = Entry.objects.filter(record=record, kind=SUPPORTS_COUNTED.kind).order_by("pk")
    return [data["total"] for data in counted.values_list("data", flat=True)]


def test_many_supports_make_one_entry(town):
    idea, other = town.say(), town.say()
    for _ in range(4):
        actions.support(record=idea, person=town.person())
    actions.support(record=other, person=town.person())
    assert coalesce_marks(town.clock.now()) == 2
    assert (_totals(idea), _totals(other)) == ([4], [1])
    assert PendingEntry.objects.filter(entry__kind=SUPPORTS_COUNTED.kind).count() == 2


def test_what_is_counted_names_nobody_and_no_hour(town):
    idea = town.say()
    actions.support(record=idea, person=town.person())
    coalesce_marks(town.clock.now())
    entry = Entry.objects.get(kind=SUPPORTS_COUNTED.kind)
    assert (entry.data, entry.commitments, entry.at) == ({"total": 1, "verified": None}, {}, None)


def test_a_record_is_counted_at_most_once_a_minute(town):
    idea, now = town.say(), town.clock.now()
    actions.support(record=idea, person=town.person())
    coalesce_marks(now)
    actions.support(record=idea, person=town.person())
    assert coalesce_marks(now + timedelta(seconds=29)) == 0
    assert MarkedRecord.objects.get().is_stale
    assert coalesce_marks(now + timedelta(seconds=30)) == 1
    assert _totals(idea) == [1, 2]


def test_nothing_is_counted_when_nothing_changed(town):
    idea, person, now = town.say(), town.person(), town.clock.now()
    actions.support(record=idea, person=person)
    coalesce_marks(now)
    actions.support(record=idea, person=person)  # a double tap
    actions.support(record=idea, person=(fickle := town.person()))
    actions.unsupport(record=idea, person=fickle)
    assert coalesce_marks(now + timedelta(minutes=1)) == 0
    assert _totals(idea) == [1]
    assert not MarkedRecord.objects.get().is_stale


def test_a_support_taken_back_is_counted(town):
    idea, person, now = town.say(), town.person(), town.clock.now()
    actions.support(record=idea, person=person)
    coalesce_marks(now)
    actions.unsupport(record=idea, person=person)
    coalesce_marks(now + timedelta(minutes=1))
    assert _totals(idea) == [1, 0]


def test_more_records_than_one_round_takes_are_all_counted(town, monkeypatch):
    monkeypatch.setattr(marks, "ROUND", 2)
    for _ in range(5):
        actions.support(record=town.say(), person=town.person())
    assert coalesce_marks(town.clock.now()) == 5


def test_a_support_that_arrives_during_the_count_is_counted_next_time(live_town, monkeypatch):
    """It waits for the row that the count holds, and makes it stale again."""
    idea, late = live_town.say(), live_town.person()
    actions.support(record=idea, person=live_town.person())
    is_counting, said = threading.Event(), marks._last_totals

    def pause_while_the_tap_waits(due):
        is_counting.set()
        with connection.cursor() as cursor:
            _until_one_waits(cursor)
        return said(due)

    def tap():
        is_counting.wait(WAIT)
        try:
            actions.support(record=idea, person=late)
        finally:
            connection.close()

    monkeypatch.setattr(marks, "_last_totals", pause_while_the_tap_waits)
    with ThreadPoolExecutor(1) as pool:
        tapping = pool.submit(tap)
        assert coalesce_marks(live_town.clock.now()) == 1
        tapping.result(WAIT)
    monkeypatch.undo()
    assert coalesce_marks(live_town.clock.now() + timedelta(minutes=1)) == 1
    assert _totals(idea) == [1, 2]


def _until_one_waits(cursor) -> None:
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        cursor.execute(
            "select count(*) from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))"
        )
        if cursor.fetchone()[0]:
            return
    pytest.fail("no tap waits for the count")


def test_a_record_held_by_a_long_import_does_not_stop_the_others(live_town):
    held, free = live_town.say(), live_town.say()
    for record in (held, free):
        actions.support(record=record, person=live_town.person())
    is_held, is_done = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                actions.support(record=held, person=live_town.person())
                is_held.set()
                is_done.wait(WAIT)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        is_held.wait(WAIT)
        assert coalesce_marks(live_town.clock.now()) == 1
        is_done.set()
        holding.result(WAIT)
    assert coalesce_marks(live_town.clock.now()) == 1
    assert (_totals(free), _totals(held)) == ([1], [2])
