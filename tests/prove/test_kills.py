"""kill -9 of each process, twenty times under load: nothing acknowledged is missing, and nothing is there twice."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

ROOT = Path(__file__).parents[2]
KILLS, WRITERS = 20, 4
PATIENCE = 180

pytestmark = pytest.mark.prove


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children_of(pid):
    """Every descendant, with its command line."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, task.read_text().split()):
                words = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                found += [(child, words), *children_of(child)]
        except OSError:
            continue
    return found


class Product:
    """The real thing, started as anyone starts it, on the demonstration territory."""

    def __init__(self, var):
        self.port, self.var = free_port(), var
        self.env = {
            **{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")},
            "PYTHONPATH": str(ROOT / "src"),
            "DEMOCRATIC_VAR": str(var),
            "DEMOCRATIC_LIMITS_FACTOR": "1000000",
        }
        self.log = (var.parent / "run.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "democratic.config.cli", "run", "--port", str(self.port)],
            env=self.env, stdout=self.log, stderr=self.log,
        )  # fmt: skip

    def command(self, *words):
        done = subprocess.run(
            [sys.executable, "-m", "democratic.config.cli", *words],
            env=self.env, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def asked(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        try:
            connection.request(method, path, body, headers if body else {})
            response = connection.getresponse()
            return response.status, response.getheader("Location") or "", response.read()
        finally:
            connection.close()

    def wait_ready(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.var.parent / "run.log").read_text()[-2000:]
            try:
                if self.asked("GET", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            threading.Event().wait(0.3)
        pytest.fail("the product did not come back")

    def kill_one(self, which):
        """End one process of that name with SIGKILL; False when none is there just now."""
        named = [pid for pid, words in children_of(self.process.pid) if which in words]
        if not named:
            return False
        os.kill(named[0], signal.SIGKILL)
        return True

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        self.log.close()


class Writer(threading.Thread):
    """Says something again and again; what fails is sent again with the same key, as a person would."""

    def __init__(self, product, slug, over):
        super().__init__()
        self.product, self.path, self.over = product, f"/concertations/{slug}/dire", over
        self.acknowledged = {}

    def run(self):
        while not self.over.is_set():
            key = uuid4().hex
            body = urlencode({"key": key, "text": f"Phrase {key}", "age_band": "26_64"})
            while not self.over.is_set():
                try:
                    status, location, _page = self.product.asked("POST", self.path, body)
                except (OSError, http.client.HTTPException):
                    threading.Event().wait(0.2)
                    continue
                if status == 302 and "/recu/" in location:
                    self.acknowledged[key] = location.split("/recu/")[1].split("/")[0]
                    break
                threading.Event().wait(0.2)


CHECK = """
import json
from collections import Counter
from democratic.thread.models import Wording, Position, Record
from democratic.thread.queries.journal import journal_state
said = Counter(t.split()[1] for t in Wording.objects.filter(text__startswith='Phrase ').values_list('text', flat=True))
positions = list(Position.objects.order_by('position').values_list('position', flat=True))
print('@' + json.dumps({'said': said, 'contiguous': positions == list(range(len(positions))), 'n': len(positions)}))
"""


@pytest.fixture
def product(tmp_path):
    made = Product(tmp_path / "var")
    yield made
    if made.process.poll() is None:
        made.stop()


def open_slug(product):
    said = product.command("manage", "shell", "--verbosity", "0", "-c", OPEN)
    return next(line[1:] for line in said.splitlines() if line.startswith("@"))


OPEN = """
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import is_open
from democratic.participation.processes.tool import Act
from democratic.kernel.clock import DATABASE_CLOCK
now = DATABASE_CLOCK.now()
print('@' + next(p.slug for p in Process.objects.all() if is_open(p.pk, Act.SUBMIT_IDEA, now)))
"""


def test_twenty_kills_under_load_lose_nothing_and_double_nothing(product):
    product.wait_ready()
    slug, over = open_slug(product), threading.Event()
    writers = [Writer(product, slug, over) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    chosen = random.Random(20260301)
    try:
        for kill in range(KILLS):
            which = ("cli web", "cli sequencer", "postgres", "cli worker")[kill % 4]
            threading.Event().wait(chosen.uniform(0.5, 2.0))
            assert product.kill_one(which), f"no process named {which!r} to kill"
            product.wait_ready()
    finally:
        over.set()
        for writer in writers:
            writer.join()
    acknowledged = {key for writer in writers for key in writer.acknowledged}
    _wait_for_the_journal(product)
    found = next(
        line[1:] for line in product.command("manage", "shell", "-c", CHECK).splitlines() if line[:1] == "@"
    )
    state = json.loads(found)
    assert len(acknowledged) > KILLS
    assert acknowledged - set(state["said"]) == set()
    assert [key for key, times in state["said"].items() if times > 1] == []
    assert state["contiguous"]
    assert "0" in product.command("journal", "status")
    product.command("journal", "replay", "figures")


def _wait_for_the_journal(product):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        lags = json.loads(product.asked("GET", "/readyz")[2])["journal"]
        if not lags["pending"] and not any(lags["projections"].values()):
            return
        threading.Event().wait(0.5)
    pytest.fail("the journal did not catch up")
