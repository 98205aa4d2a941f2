"""Many readers, one drawing; and a program that is killed, hangs or is not there: the page stands."""

import os
import re
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from democratic.kernel.clock import FixedClock
from democratic.web.charts import drawing
from democratic.web.charts.chart import Bar, Bars, Chart

READERS = 12
HANGS = "import os, sys, signal; open({told!r}, 'w').write(str(os.getpid())); signal.pause()"
PATIENCE = 30.0
CHART = Chart(
    key="essai", base="/chiffres/essai", title="2 voix", description="2", n="n = 2", method="On compte.",
    caption="Voix", head=("Origine", "Voix"), rows=(("Dans la rue", 2),),
    drawing=Bars((Bar("Dans la rue", 2, "2"),)),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    caches["fragments"].clear()
    moment = datetime(2026, 9, 10, 10, tzinfo=UTC)
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))


@pytest.fixture
def told(tmp_path, monkeypatch) -> Path:
    """A program that writes its number into this pipe, and never answers."""
    pipe, program = tmp_path / "pid", tmp_path / "hangs.py"
    os.mkfifo(pipe)
    program.write_text(HANGS.format(told=str(pipe)), encoding="utf-8")
    monkeypatch.setattr(drawing, "PROGRAM", program)
    return pipe


def image_of(client):
    page = client.get("/chiffres")
    assert page.status_code == 200
    html = page.content.decode()
    assert "<table>" in html
    return re.search(r'src="([^"]*/large\.svg)"', html)[1]


def test_twelve_readers_at_once_start_the_program_once(live_territory, monkeypatch):
    made, together, real = [], threading.Barrier(READERS), drawing.run
    drawn: list[str] = []

    def run(specs, png=""):
        made.append(threading.get_ident())
        return real(specs, png)

    def read():
        try:
            together.wait(PATIENCE)
            drawn.append(drawing.svg_of(CHART, "large.svg", "fr", "s"))
        finally:
            connection.close()

    monkeypatch.setattr(drawing, "run", run)
    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(PATIENCE)
    assert len(drawn) == READERS
    assert len(set(drawn)) == 1
    assert len(made) == 1


def test_a_program_killed_in_the_middle_leaves_the_page_and_a_sentence(live_territory, told):
    live_territory.say("Un bus le soir")
    client = Client()
    killer = threading.Thread(target=lambda: os.kill(int(told.read_text()), signal.SIGKILL))
    killer.start()
    answer = client.get(image_of(client))
    killer.join(PATIENCE)
    assert answer.status_code == 503
    assert "ne peut pas être dessinée" in answer.content.decode()
    assert client.get("/chiffres").status_code == 200


def test_a_program_that_hangs_is_ended_and_the_page_stands(live_territory, told, monkeypatch):
    live_territory.say("Un bus le soir")
    monkeypatch.setattr(drawing, "LONGEST", 1.0)
    client, pids = Client(), []
    reader = threading.Thread(target=lambda: pids.append(int(told.read_text())))
    reader.start()
    assert client.get(image_of(client)).status_code == 503
    reader.join(PATIENCE)
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def test_a_program_that_is_not_there_leaves_the_page_and_a_sentence(territory, client, monkeypatch):
    territory.say("Un bus le soir")
    monkeypatch.setattr(drawing, "PROGRAM", Path("/nowhere/renderer.py"))
    assert client.get(image_of(client)).status_code == 503


def test_no_python_to_start_it_with_leaves_the_page_and_a_sentence(territory, client, monkeypatch):
    territory.say("Un bus le soir")
    monkeypatch.setattr(drawing.sys, "executable", "/nowhere/python")
    assert client.get(image_of(client)).status_code == 503
