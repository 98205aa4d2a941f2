import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running_product import wait_until

from democratic.config.places import ROOT
from democratic.config.server import supervisor as supervisor_module
from democratic.config.server.errors import CannotStart
from democratic.config.server.processes import has_ended, spawn
from democratic.config.server.supervisor import Service, Supervisor

WAITS = "import signal; signal.pause()"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('sourd', flush=True); {WAITS}"
ENV = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


class Script:
    """A service made of a line of Python; it notes each process that it starts."""

    def __init__(self, folder, code, **options):
        self.log = folder / "service.log"
        self.log.touch()
        self.processes = []
        self._code = code
        self.service = Service("essai", self._spawn, self.log, **options)

    def _spawn(self):
        self.processes.append(spawn([sys.executable, "-c", self._code], log=self.log))
        return self.processes[-1]


@pytest.fixture
def told():
    return []


@pytest.fixture
def supervisor(told, monkeypatch):
    monkeypatch.setattr(supervisor_module, "FIRST_RETRY", 0.01)
    monkeypatch.setattr(supervisor_module, "LONGEST_RETRY", 0.02)
    made = Supervisor(pause=lambda _: time.sleep(0.01), tell=told.append)
    yield made
    made.stop()


def look_until(supervisor, found):
    def look():
        supervisor.look()
        return found()

    wait_until(look)


def test_a_fallen_service_is_started_again(supervisor, tmp_path, told):
    script = Script(tmp_path, WAITS)
    supervisor.start(script.service)
    look_until(supervisor, lambda: True)
    script.processes[0].kill()
    look_until(supervisor, lambda: len(script.processes) > 1)
    assert told == ["Le service « essai » s'est arrêté (signal 9) ; on le relance."]


def test_a_service_that_never_gets_ready_ends_all_with_its_reason(supervisor, tmp_path, told):
    script = Script(tmp_path, "raise SystemExit('le module manque')", is_ready=lambda: False)
    supervisor.start(script.service)
    with pytest.raises(CannotStart, match=r"« essai » ne tient pas \(code 1\) : le module manque") as refusal:
        look_until(supervisor, lambda: False)
    assert len(script.processes) == script.service.tries
    assert "\n" not in str(refusal.value)


def test_restarts_have_a_limit(supervisor, tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor_module, "RESTARTS", 3)
    script = Script(tmp_path, "")
    supervisor.start(script.service)
    with pytest.raises(CannotStart, match="ne tient pas"):
        look_until(supervisor, lambda: False)
    assert len(script.processes) == 4


def test_waiting_for_a_service_is_bounded(supervisor, tmp_path):
    script = Script(tmp_path, "print('je cherche', flush=True); " + WAITS, is_ready=lambda: False)
    supervisor.start(script.service)
    wait_until(script.log.read_text)
    with pytest.raises(CannotStart, match="n'est pas prêt après 0 s : je cherche"):
        supervisor.wait_for("essai", None, within=0.2, beat=lambda: None)


def test_a_service_that_hangs_before_it_is_ready_is_started_again(supervisor, tmp_path):
    script = Script(tmp_path, WAITS, is_ready=lambda: len(script.processes) > 1, ready_within=0.1)
    supervisor.start(script.service)
    supervisor.wait_for("essai", None, within=20, beat=lambda: None)
    assert script.processes[0].returncode == -signal.SIGKILL


def test_kills_from_outside_are_no_fault_of_the_service(supervisor, tmp_path):
    script = Script(tmp_path, WAITS, settles_after=60.0)
    supervisor.start(script.service)
    for times in range(1, 7):
        script.processes[-1].kill()
        look_until(supervisor, lambda: len(script.processes) > times)  # noqa: B023 -- called before the next turn


def test_nothing_is_restarted_while_a_database_that_is_not_ours_is_away(supervisor, tmp_path):
    script = Script(tmp_path, WAITS)
    supervisor.start(script.service)
    supervisor.ground = lambda: False
    script.processes[0].kill()
    look_until(supervisor, lambda: script.processes[0].returncode is not None)
    for _ in range(20):
        supervisor.look()
    assert len(script.processes) == 1
    supervisor.ground = lambda: True
    look_until(supervisor, lambda: len(script.processes) > 1)


def test_nothing_is_restarted_while_what_it_stands_on_is_down(supervisor, tmp_path):
    ground = []
    base = Script(tmp_path, WAITS, is_ready=lambda: bool(ground), stops_last=True)
    other = Script(tmp_path, WAITS)
    supervisor.start(base.service)
    supervisor.start(other.service)
    other.processes[0].kill()
    look_until(supervisor, lambda: other.processes[0].returncode is not None)
    for _ in range(20):
        supervisor.look()
    assert len(other.processes) == 1
    ground.append("prêt")
    look_until(supervisor, lambda: len(other.processes) > 1)


def test_all_stop_and_the_base_last(supervisor, tmp_path):
    (tmp_path / "base").mkdir()
    base, other = Script(tmp_path / "base", WAITS, stops_last=True), Script(tmp_path, DEAF, grace=0.3)
    supervisor.start(base.service)
    supervisor.start(other.service)
    wait_until(other.log.read_text)
    began = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - began >= 0.3  # the deaf one had its time first
    assert other.processes[0].returncode == -signal.SIGKILL
    assert base.processes[0].returncode == -signal.SIGTERM


def test_what_a_fallen_service_started_falls_with_it(supervisor, tmp_path):
    code = (
        f"import subprocess, sys; worker = subprocess.Popen([sys.executable, '-c', {WAITS!r}]);"
        "print(worker.pid, flush=True); worker.wait()"
    )
    script = Script(tmp_path, code)
    supervisor.start(script.service)
    worker = int(wait_until(script.log.read_text))
    script.processes[0].kill()
    look_until(supervisor, lambda: script.processes[0].returncode is not None)
    wait_until(lambda: not is_alive(worker))


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_child_dies_with_a_parent_that_was_killed(tmp_path):
    code = (
        "import os, signal, sys; from democratic.config.server.processes import spawn;"
        f"print(spawn([sys.executable, '-c', {WAITS!r}]).pid, flush=True); signal.pause()"
    )
    log = tmp_path / "parent.log"
    parent = spawn([sys.executable, "-c", code], log=log, env=ENV)
    child = int(wait_until(lambda: log.exists() and log.read_text()))
    assert is_alive(child)
    parent.kill()
    parent.wait()
    wait_until(lambda: not is_alive(child))


def test_looking_at_a_process_does_not_reap_it(tmp_path):
    process = spawn([sys.executable, "-c", ""])
    wait_until(lambda: has_ended(process))
    assert process.returncode is None
    assert process.wait() == 0
    assert has_ended(process)


def test_a_stop_is_read_at_a_pause_only():
    code = (
        "import os, signal\n"
        "from democratic.config.server.errors import StopAsked\n"
        "from democratic.config.server.interrupts import Interrupts\n"
        "with Interrupts() as interrupts:\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    print('entier', flush=True)\n"
        "    try:\n"
        "        interrupts.pause(20)\n"
        "    except StopAsked:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        interrupts.pause(0.05)\n"
        "        print('arrêté', flush=True)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        env=ENV,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "entier\narrêté\n", "")
