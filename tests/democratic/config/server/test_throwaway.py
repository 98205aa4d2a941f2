"""What a throw-away server leaves when it is killed is removed by the next one; what is at work is left alone."""

import fcntl
import os
import tempfile

import pytest

from democratic.config.server.throwaway import sweep


@pytest.fixture
def left(tmp_path, monkeypatch):
    """A folder as a killed server leaves it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = tmp_path / "democratic-pg-left"
    (folder / "pg").mkdir(parents=True)
    (folder / "held").touch()
    return folder


def test_what_a_killed_server_left_is_removed(left):
    sweep()
    assert not left.exists()


def test_what_could_not_be_removed_is_found_again_by_the_next(left):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shutil.rmtree", lambda *_, **__: None)
        sweep()
    assert (left / "held").exists()
    sweep()
    assert not left.exists()


def test_a_server_at_work_is_left_alone(left):
    lock = os.open(left / "held", os.O_WRONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        sweep()
        assert left.exists()
    finally:
        os.close(lock)


def test_a_folder_that_is_being_made_is_left_alone(left):
    (left / "held").rename(left / ".held")
    sweep()
    assert left.exists()


def test_a_number_that_is_somebody_elses_now_keeps_nothing(left):
    """postmaster.pid names a program that does not work in that folder: ourselves."""
    (left / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    sweep()
    assert not left.exists()
