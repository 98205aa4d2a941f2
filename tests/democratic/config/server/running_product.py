"""Real servers in folders of their own. Waiting is looking again until a deadline, never a fixed sleep."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from democratic.config.places import ROOT, Places
from democratic.config.server.processes import survivors

STAND_IN = Path(__file__).with_name("stand_in.py")


def wait_until(found, within=20.0):
    """What ``found`` gives once it gives something."""
    deadline = time.monotonic() + within
    while not (value := found()):
        assert time.monotonic() < deadline, f"still waiting after {within} s"
        threading.Event().wait(0.02)
    return value


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def postgres_at(data_dir):
    """Numbers of the PostgreSQL processes at work in that folder."""
    return [
        pid for pid in all_pids() if _links(pid, "cwd") == str(data_dir) and "postgres" in _links(pid, "exe")
    ]


def all_pids():
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _links(pid, what):
    try:
        return str(Path(f"/proc/{pid}/{what}").readlink())
    except OSError:
        return ""


@dataclass
class Product:
    """``bin/run`` with stand-ins for web, worker, sequencer, migrate and demo (see stand_in.py)."""

    var: Path
    port: int = field(default_factory=free_port)
    extra: dict = field(default_factory=dict)
    started: list = field(default_factory=list)

    @property
    def env(self):
        clean = {
            key: value for key, value in os.environ.items() if not key.startswith(("PG", "DATABASE_URL"))
        }
        return {**clean, "PYTHONPATH": str(ROOT / "src"), "DEMOCRATIC_VAR": str(self.var), **self.extra}

    @property
    def places(self):
        return Places(self.var)

    def run(self, *words):
        """Begin; the process, whose output ``finish`` gives."""
        argv = [sys.executable, STAND_IN, "run", "--port", str(self.port), *words]
        process = subprocess.Popen(
            argv, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.started.append(process)
        return process

    def run_until_ready(self, *words):
        process = self.run(*words)
        wait_until(lambda: process.poll() is not None or self.is_served_by(process), within=60)
        assert process.poll() is None, process.stdout.read()
        return process

    def is_served_by(self, process):
        lock = self.places.lock
        return lock.exists() and f'"pid": {process.pid},' in lock.read_text() and "web" in self.state()

    def state(self):
        return self.places.state.read_text() if self.places.state.exists() else ""

    def prepared(self):
        """What ran before the services, in order."""
        return [name for name in (self.var / "ran").read_text().split() if name != "sequencer"]

    def page(self):
        """The number of the process that answers, or None."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2) as answer:
                return int(answer.read())
        except OSError:
            return None

    def python(self, code):
        return subprocess.run(
            [sys.executable, "-c", code],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def cli(self, *words):
        argv = [sys.executable, "-m", "democratic.config.cli", *words]
        return subprocess.run(argv, env=self.env, capture_output=True, text=True, timeout=240, check=False)

    def leftovers(self):
        return survivors(self.var) + postgres_at(self.var / "pg")

    def end(self):
        for process in self.started:
            if process.poll() is None:
                process.terminate()
                process.communicate(timeout=30)
            process.stdout.close()
        wait_until(lambda: not self.leftovers())


def finish(process, within=30):
    output, _ = process.communicate(timeout=within)
    return process.returncode, output
