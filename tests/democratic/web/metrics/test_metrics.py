"""Figures for a collector: who reads them, what they say, and what they never say."""

import asyncio
import os
import subprocess
import sys

import pytest
from django.db import DatabaseError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from democratic.config.places import ROOT
from democratic.kernel.outages import Part, report_down
from democratic.messaging.actions import Notice, queue_messages
from democratic.people.actions import leave_address, welcome_guest
from democratic.web.metrics import counters, readings
from democratic.web.metrics.counters import StoredHits, forget_dead_processes


@pytest.fixture
def ask(settings):
    def get(path="/metrics", token=None):
        given = settings.METRICS_TOKEN if token is None else token
        return Client().get(path, headers={"authorization": f"Bearer {given}"})

    return get


def samples(response):
    families = text_string_to_metric_families(response.content.decode())
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.parametrize("authorization", [None, "Bearer ", "Bearer wrong", "Basic {token}", "{token}"])
def test_without_the_token_there_is_no_such_page_not_even_from_this_machine(db, settings, authorization):
    given = (
        {} if authorization is None else {"authorization": authorization.format(token=settings.METRICS_TOKEN)}
    )
    assert Client().get("/metrics", headers=given, REMOTE_ADDR="127.0.0.1").status_code == 404


def test_the_installation_is_told_in_numbers(territory, ask):
    response = ask()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    told = samples(response)
    assert told["democratic_database_up",] == 1
    assert told["democratic_journal_pending",] > 0
    assert told["democratic_messages", "queued"] == 0
    assert told["democratic_jobs", "failed"] == 0
    assert told["democratic_database_bytes",] > 1_000_000
    assert 0 < told["democratic_disk_free_bytes",] < told["democratic_disk_bytes",]
    assert 0 < told["democratic_database_connections",] < told["democratic_database_connections_max",]
    assert told["democratic_part_down", "mail"] == 0


def test_what_never_happened_has_no_number_rather_than_nought(territory, ask):
    told = samples(ask())
    assert ("democratic_journal_head_age_seconds",) not in told
    assert ("democratic_worker_beat_age_seconds",) not in told


def test_what_waits_and_what_is_down_is_counted(territory, ask):
    address = leave_address(
        person=welcome_guest(), email="lina@example.org", purpose="notices", wording="…", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    queue_messages([Notice(territory.authority, address, "answer", "Bonjour", "…")])
    report_down(Part.MAIL)
    told = samples(ask())
    assert told["democratic_messages", "queued"] == 1
    assert told["democratic_message_wait_seconds",] >= 0
    assert told["democratic_part_down", "mail"] == 1


def test_numbers_are_read_once_in_ten_seconds_however_often_they_are_asked(
    territory, ask, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(readings.FROM_DATABASE, "_seconds", float("inf"))
    ask()
    with django_assert_num_queries(0):
        ask()


def test_a_database_that_is_gone_is_a_number_too(db, ask, monkeypatch):
    def gone():
        raise DatabaseError("no")

    monkeypatch.setattr(readings, "lags", gone)
    told = samples(ask())
    assert told["democratic_database_up",] == 0
    assert ("democratic_journal_pending",) not in told


def test_requests_are_counted_by_route_and_class_and_nothing_else_of_them(territory, ask):
    Client().get("/participer?q=lina.canari@example.org")
    Client().get("/cle-canari-secret-que-personne-ne-doit-lire")
    response = ask()
    told = samples(response)
    assert told["democratic_requests_total", "2xx", "participate"] >= 1
    assert told["democratic_requests_total", "4xx", "none"] >= 1
    assert told["democratic_request_seconds_count", "participate"] >= 1
    assert "canari" not in response.content.decode()


def test_stored_pages_are_added_up_and_written_once_a_second(monkeypatch):
    written = []
    monkeypatch.setattr(counters, "FLUSH_EVERY", 0.01)

    async def serve():
        hits, flushed = StoredHits(), asyncio.Event()
        monkeypatch.setattr(counters.STORED, "inc", lambda n: (written.append(n), flushed.set()))
        for count in (500, 1):
            for _ in range(count):
                hits.add()
            await flushed.wait()
            flushed.clear()

    asyncio.run(asyncio.wait_for(serve(), 20))
    assert written == [500, 1]


def test_processes_that_count_apart_are_added_up(tmp_path):
    count = (
        "from democratic.web.metrics.counters import REQUESTS;"
        "REQUESTS.labels('home', '2xx').inc(); REQUESTS.labels('home', '2xx').inc()"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(3):
        subprocess.run([sys.executable, "-c", count], env=env, check=True)
    read = (
        "import django; django.setup();"
        "from democratic.web.metrics.views import _counted; print(_counted().decode())"
    )
    told = subprocess.run(
        [sys.executable, "-c", read], env=env, capture_output=True, text=True, check=True
    ).stdout
    assert 'democratic_requests_total{route="home",status="2xx"} 6.0' in told


def test_what_a_killed_process_said_to_be_open_is_forgotten_and_what_a_living_one_says_is_kept(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead, living, counted = (
        tmp_path / name
        for name in (
            f"gauge_livesum_{gone.pid}.db",
            f"gauge_livesum_{os.getpid()}.db",
            f"counter_{gone.pid}.db",
        )
    )
    for file in (dead, living, counted):
        file.write_bytes(b"")
    forget_dead_processes()
    assert sorted(tmp_path.glob("*.db")) == sorted((living, counted))  # what was counted was done


def test_the_streams_that_are_open_are_a_figure(db, ask):
    counters.LIVE_STREAMS.set(3)
    try:
        assert samples(ask())[("democratic_live_streams",)] == 3
    finally:
        counters.LIVE_STREAMS.set(0)
