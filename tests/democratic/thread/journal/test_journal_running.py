from datetime import timedelta

import psycopg
import pytest
from django.db import OperationalError

from democratic.kernel.clock import FixedClock
from democratic.thread import actions
from democratic.thread.events import Event
from democratic.thread.journal import Projection, Runner, lags, new_epoch
from democratic.thread.journal.outside import read_outside
from democratic.thread.models import Cursor, PendingEntry, RecordFigures, SignedHead
from democratic.thread.views import FIGURES, PAGES


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def start(town, stopwatch):
    def made(*named) -> Runner:
        return Runner(signer=town.signer, clock=town.clock, named=named, stopwatch=stopwatch)

    return made


def test_one_round_sequences_signs_and_projects(town, start):
    runner = start(FIGURES, PAGES)
    idea = town.say()
    assert runner.go_round()
    assert read_outside().head.size == SignedHead.objects.get().size == 1
    assert RecordFigures.objects.get().record == idea
    assert not runner.go_round()


def test_marks_are_counted_as_rounds_go(town, start, stopwatch):
    runner, idea = start(FIGURES), town.say()
    actions.support(record=idea, person=town.person())
    runner.go_round()
    runner.go_round()
    assert RecordFigures.objects.get().supports == 1


def test_a_head_is_signed_at_most_once_a_second(town, start, stopwatch):
    runner = start()
    town.say()
    runner.go_round()
    town.say()
    stopwatch.seconds += 0.9
    runner.go_round()
    assert [row.size for row in SignedHead.objects.all()] == [1]
    stopwatch.seconds += 0.1
    runner.go_round()
    assert [row.size for row in SignedHead.objects.order_by("size")] == [1, 2]


def test_what_another_program_sequenced_is_signed_too(town, start, stopwatch):
    runner = start()
    runner.go_round()
    town.say()
    town.sequence()
    stopwatch.seconds += 1
    runner.go_round()
    assert SignedHead.objects.get(size=1).epoch == 1


def test_pages_become_stale_at_once_then_at_most_twice_a_second(town, start, stopwatch):
    runner = start(FIGURES, PAGES)

    def read() -> int:
        return Cursor.objects.get(name="pages").position

    town.say()
    runner.go_round()
    assert read() == 1
    town.say()
    stopwatch.seconds += 0.4
    runner.go_round()
    assert read() == 1
    stopwatch.seconds += 0.1
    runner.go_round()
    assert read() == 2


def test_a_projection_that_crashes_stops_neither_the_sequence_nor_the_others(town, start, stopwatch, caplog):
    broken = Projection("broken", list, batch=None)  # a fault of the program, not of an Entry
    runner = start(broken, FIGURES)
    town.say()
    runner.go_round()
    assert "broken failed" in caplog.text
    assert RecordFigures.objects.count() == 1
    assert lags(town.clock)["pending"] == 0


def test_a_lost_database_ends_the_round_for_the_caller_to_connect_again(town, start, monkeypatch):
    def lose(*_):
        raise OperationalError("gone") from psycopg.OperationalError("gone")

    runner = start(FIGURES)
    monkeypatch.setattr("democratic.thread.journal.running.has_pending", lose)
    with pytest.raises(OperationalError):
        runner.go_round()


def test_behind_the_outside_head_views_go_on_and_the_sequence_waits_for_a_new_epoch(
    town, start, stopwatch, restored, caplog
):
    town.say()
    town.seal()
    with restored():
        town.say()
        town.seal()
    runner = start(FIGURES)
    town.say()
    runner.go_round()
    assert (PendingEntry.objects.count(), RecordFigures.objects.count()) == (1, 1)
    assert "new-epoch" in caplog.text
    new_epoch(reason="Restauration.", clock=town.clock)
    stopwatch.seconds += 5
    runner.go_round()
    assert PendingEntry.objects.count() == 0
    assert (read_outside().head.epoch, read_outside().head.size) == (2, 3)


def test_a_refusal_is_told_every_few_seconds_and_not_ten_times_a_second(town, start, restored, caplog):
    town.say()
    with restored():
        town.seal()
    runner = start()
    for _ in range(20):
        runner.go_round()
    assert caplog.text.count("new-epoch") == 2  # the sequence, and the signature


def test_lags_say_what_waits_and_since_when(town, start):
    before = lags(town.clock)
    assert (before["pending"], before["oldest_pending_age"], before["beat_age"]) == (0, 0.0, None)
    idea = town.say()
    town.sequence()
    entry_id = town.say().entries.get().pk
    written_at = (entry_id.int >> 80) / 1000
    now = FixedClock(town.clock.now().fromtimestamp(written_at + 7, town.clock.now().tzinfo))
    found = lags(now)
    assert (found["pending"], found["size"]) == (1, 1)
    assert found["oldest_pending_age"] == pytest.approx(7)
    assert found["projections"] == {"figures": 1, "pages": 1}
    town.tell(Event("unknown_to_all"), idea)
    town.drain(FIGURES, PAGES)
    found = lags(now)
    assert found["projections"] == {"figures": 0, "pages": 0}
    assert found["parked"] == {"figures": 1, "pages": 1}


def test_a_running_sequencer_gives_a_sign_of_life(town, start, stopwatch):
    runner = start()
    runner.go_round()
    beat_at = Cursor.objects.get(name="sequencer").moved_at
    assert lags(FixedClock(beat_at + timedelta(seconds=12)))["beat_age"] == 12
    runner.go_round()
    assert Cursor.objects.get(name="sequencer").moved_at == beat_at
    stopwatch.seconds += 5
    runner.go_round()
    assert Cursor.objects.get(name="sequencer").moved_at > beat_at
