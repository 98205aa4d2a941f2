import json
from datetime import UTC, datetime, timedelta

import pytest

from democratic.config.checkup import machine
from democratic.config.checkup.findings import State
from democratic.config.places import Places


@pytest.fixture
def place(tmp_path):
    made = Places(tmp_path / "here")
    made.var.mkdir(mode=0o755)
    return made


def state_of(findings):
    (found,) = findings
    return found.state


@pytest.mark.parametrize(
    ("free", "state"), [(10**8, State.REFUSED), (10**9, State.WARNING), (10**10, State.OK)]
)
def test_room_on_the_disk_is_enough_little_or_too_little(place, monkeypatch, free, state):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": free}))
    assert state_of(machine.look_at_disk(place.var)) is state


def test_closed_folders_are_well(place):
    (place.var / "log").mkdir(mode=0o700)
    assert state_of(machine.look_at_folders(place)) is State.OK


@pytest.mark.parametrize("name", machine.CLOSED_TO_ALL)
def test_a_folder_that_holds_what_people_said_is_closed(place, name):
    (place.var / name).mkdir()
    (place.var / name).chmod(0o705)
    (found,) = machine.look_at_folders(place)
    assert (found.state, found.advice) == (State.REFUSED, f"chmod o-rwx {place.var / name}")


def test_a_folder_in_which_anyone_writes_is_refused(place):
    place.var.chmod(0o777)
    assert state_of(machine.look_at_folders(place)) is State.REFUSED


@pytest.mark.parametrize(("seconds", "state"), [(0, State.OK), (59, State.OK), (300, State.REFUSED)])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_clock_of_the_disk_is_compared_with_ours(place, seconds, state, sign):
    now = datetime.now(UTC) + timedelta(seconds=sign * seconds)
    assert state_of(machine.look_at_file_clock(place.var, lambda: now)) is state
    assert list(place.var.iterdir()) == []


@pytest.mark.parametrize(
    ("day", "state"), [("2026-03-02", State.OK), ("2026-03-03", State.OK), ("2026-03-05", State.REFUSED)]
)
def test_a_head_signed_on_a_day_to_come_says_that_a_clock_jumped(place, day, state):
    (place.var / "head.json").write_text(json.dumps({"head": {"signed_on": day}}))
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert state_of(machine.look_at_last_head(place.var, lambda: now)) is state


@pytest.mark.parametrize("text", [None, "{", '{"head": 3}', '{"head": {"signed_on": "hier"}}'])
def test_no_head_or_one_that_cannot_be_read_is_left_to_the_sequencer(place, text):
    if text is not None:
        (place.var / "head.json").write_text(text)
    assert state_of(machine.look_at_last_head(place.var)) is State.OK
