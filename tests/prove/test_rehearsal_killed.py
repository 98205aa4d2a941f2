"""kill -9 while a rehearsal is played: nothing of the installation moved, nothing is left at work, the next one is whole."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from forty_thousand import cookie_of
from real_product import running_product, tell, wait_until

pytestmark = pytest.mark.prove

# What an installation that serves writes by itself, or for who signs in and asks; all else must not move.
MOVES_BY_ITSELF = (
    "procrastinate_",
    "kernel_ratecount",
    "stewardship_alarm",  # what the worker looks for every hour
    "stewardship_retentionrun",
    "participation_poll",  # the minute when its taps were last counted
    "thread_cursor",
    "thread_sequencerbeat",
    "people_session",
    "django_session",
)
TABLES = """
select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
"""
# The place of a row and who wrote it, too: a row that was written again as it was would show.
PRINT = "select md5(coalesce(string_agg(t.ctid::text || t.xmin::text || t::text, '' order by t.ctid), '')) from {} t"
SCENES = ["ouverture", "milieu", "cloture", "reponse", "bilan"]


def every_row(product):
    with product.database(as_admin=True) as connection:
        tables = [name for (name,) in connection.execute(TABLES) if not name.startswith(MOVES_BY_ITSELF)]
        return {name: connection.execute(PRINT.format(name)).fetchone()[0] for name in tables}


def settled_rows(product):
    """Once three seconds change nothing: a demonstration that has just begun carries out what it received."""
    seen = []

    def stands():
        seen.append(every_row(product))
        threading.Event().wait(3)
        return every_row(product) == seen[-1]

    wait_until(stands, "the demonstration at rest")
    return seen[-1]


def at_work_in(folder):
    """Programs whose temporary files, or whose data, are there."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            is_here = (entry / "cwd").readlink().is_relative_to(folder) or str(folder) in words
        except OSError:
            continue
        if is_here:
            found.append((int(entry.name), words))
    return found


class Rehearsal:
    """Asked at a console or at the desk, of one consultation, in a temporary folder of its own."""

    def __init__(self, product, folder):
        self.product, self.folder = product, folder
        self.slug, self.id = product.shell(ASKED)
        self.shelf = product.var / "rehearsals" / self.id

    def state(self):
        try:
            return json.loads((self.shelf / "state.json").read_text())
        except FileNotFoundError:
            return {"state": ""}

    def at_the_console(self):
        words = [sys.executable, "-m", "democratic.config.cli", "rehearse", self.slug]
        return subprocess.Popen(
            words, env=self.product.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def at_the_desk(self):
        path = f"/bureau/concertations/{self.slug}/essai"
        answer = self.product.asked("POST", path, {}, cookie=cookie_of(self.product, "nathalie"))
        assert answer.status == 302, answer.body

    def has_begun(self):
        return self.state()["state"] == "playing" and self.pids("rehearsing.stage")

    def pids(self, which):
        return [pid for pid, words in programs() if which in words and self.slug_or_id(words)]

    def slug_or_id(self, words):
        return self.slug in words or self.id in words

    def ended(self):
        wait_until(lambda: not self.pids("rehears"), "the end of its programs")
        wait_until(lambda: not at_work_in(self.folder), "the end of its server")


def programs():
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            yield int(entry.name), (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue


ASKED = """
from democratic.participation.processes.models import Process
process = Process.objects.order_by('slug').first()
print('@' + process.slug)
print('@' + str(process.pk))
"""


@pytest.fixture(scope="module")
def rehearsal():
    folder = Path(tempfile.mkdtemp(prefix="prove-tmp-")).resolve()
    folder.chmod(0o755)
    try:
        with running_product(TMPDIR=str(folder)) as product:
            product.wait_for_the_journal()
            yield Rehearsal(product, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def unmoved(rehearsal):
    cookie_of(rehearsal.product, "nathalie")  # a first sign-in writes the day
    before = settled_rows(rehearsal.product)
    yield
    after = every_row(rehearsal.product)
    assert {name for name in before if before[name] != after[name]} == set()


CHOSEN = random.Random(20261129)


@pytest.mark.parametrize("which", ["cli rehearse", "rehearsing.stage", "postgres"])
@pytest.mark.parametrize("moment", ["early", "late"])
def test_killed_it_leaves_no_program_and_no_row_moved(rehearsal, unmoved, which, moment):
    console = rehearsal.at_the_console()
    wait_until(rehearsal.has_begun, "the play")
    if moment == "late":
        wait_until(lambda: rehearsal.state().get("done"), "its first scene")
    threading.Event().wait(CHOSEN.uniform(0.0, 1.0))
    if which == "postgres":
        pid = next(pid for pid, words in at_work_in(rehearsal.folder) if "listen_addresses" in words)
    else:
        (pid, *_) = rehearsal.pids(which)
    os.kill(pid, signal.SIGKILL)
    console.wait(60)
    rehearsal.ended()
    tell(f"{which} killed {moment}: {rehearsal.state()}")
    wait_until(lambda: rehearsal.state()["state"] == "failed", "the worker says that it failed")


def test_it_ends_with_the_worker_that_plays_it_and_may_be_asked_again(rehearsal, unmoved):
    rehearsal.at_the_desk()
    wait_until(rehearsal.has_begun, "the play")
    rehearsal.product.kill("cli worker")
    rehearsal.ended()
    wait_until(lambda: rehearsal.state()["state"] == "failed", "the next worker says that it failed")


def test_the_next_one_is_whole_and_nothing_of_those_before_is_left(rehearsal, unmoved):
    rehearsal.at_the_desk()
    wait_until(lambda: rehearsal.state()["state"] == "done", "the whole rehearsal")
    rehearsal.ended()
    keys = [scene["key"] for scene in json.loads((rehearsal.shelf / "report.json").read_text())["scenes"]]
    assert [key for key in keys if key in SCENES] == SCENES
    assert [path.name for path in rehearsal.folder.glob("democratic-*")] == []
    assert not list(rehearsal.shelf.glob(".*.json.*"))
