"""Each part that people can do without is down, silent or hangs up: taking part works, and pages say so calmly."""

import asyncio
import socket
import time
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils.translation import override

from conversations import plain
from democratic.kernel.clock import FixedClock
from democratic.kernel.outages import Part, look_again, outages, report_down, report_up
from democratic.messaging import delivery
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.thread.models import Record
from democratic.web import shell
from democratic.web.entry.database import Database
from democratic.web.entry.versions import Versions
from democratic.web.shell import DOWN, banner
from factories import PASSWORD
from failing_peer import failing_peer
from ports import free_port

SAY = "/concertations/bouger/dire"
LATE = "Les messages partent avec retard. Votre parole est bien enregistrée."
FAILURES = ["down", "resets", "slow"]


@pytest.fixture(autouse=True)
def _a_day_of_listening(monkeypatch):
    clock = FixedClock(datetime(2026, 3, 1, 10, tzinfo=UTC))
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock)


@pytest.fixture
def client(territory):
    cache.clear()  # allauth counts tries there
    return Client(headers={"sec-fetch-site": "same-origin"})


@pytest.fixture
def mail_by(settings):
    def at(port, patience=1):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, patience

    return at


class Server:
    """Takes every mail; ``pause`` is what it takes to say hello."""

    def __init__(self, pause=0.0):
        self.pause, self.taken = pause, 0

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802 -- aiosmtpd's name
        await asyncio.sleep(self.pause)
        session.host_name = hostname
        return responses

    async def handle_DATA(self, _server, _session, _envelope):  # noqa: N802 -- aiosmtpd's name
        self.taken += 1
        return "250 OK"


@pytest.fixture
def working_server(mail_by):
    def start(box):
        port = free_port()
        controller = Controller(box, hostname="127.0.0.1", port=port)
        controller.start()
        started.append(controller)
        mail_by(port, patience=5)
        return box

    started = []
    yield start
    for each in started:
        each.stop()


def say_something(client, email=""):
    data = {"key": uuid4().hex, "age_band": "26_64", "text": "Un bus de nuit.", "email": email}
    answer = client.post(SAY, data)
    assert answer.status_code == 302
    return Record.objects.filter(kind="idea").latest("recorded_at")


def later(client, path):
    shell.JOURNAL.forget()  # five seconds have passed
    return plain(client.get(path))


@pytest.mark.parametrize("how", FAILURES)
def test_a_mail_server_that_fails_keeps_nobody_from_taking_part_and_is_told_until_it_is_back(
    client, mail_by, working_server, how
):
    with failing_peer(how, answer=b"220 at last\r\n", after=2) as port:
        mail_by(port)
        record = say_something(client, "lina@example.org")
        assert deliver().sent == 0
        assert outages() == ("mail",)
        assert OutgoingMessage.objects.get().state == "queued"
        assert LATE in later(client, "/participer")
        assert LATE in later(client, SAY)
        say_something(client)
        assert client.post(f"/paroles/{record.code}/soutenir").status_code == 302
    box = working_server(Server())
    assert deliver().sent == 1
    assert (outages(), box.taken) == ((), 1)
    assert LATE not in later(client, "/participer")


def test_a_server_that_takes_seconds_to_say_hello_sends_and_is_told_late(client, working_server, monkeypatch):
    monkeypatch.setattr(delivery, "SLOW", 0.1)
    working_server(Server(pause=0.3))
    say_something(client, "lina@example.org")
    assert deliver().sent == 1
    assert outages() == ("mail",)
    assert look_again() == []
    working_server(Server())
    assert look_again() == ["mail"]


@pytest.mark.parametrize("how", FAILURES)
def test_signing_in_says_that_no_code_can_leave_soon_and_a_password_still_opens(
    client, territory, mail_by, monkeypatch, how
):
    monkeypatch.setattr("democratic.web.accounts.adapter.PATIENCE", 1)
    with failing_peer(how, answer=b"220 at last\r\n", after=10) as port:
        mail_by(port, patience=20)
        began = time.monotonic()
        for address in (territory.citizen.email, "personne@example.org"):
            page = client.post("/connexion/code", {"email": address})
            assert page.status_code == 503
            assert "vous pouvez participer sans compte" in plain(page)
            assert page["Retry-After"] == "60"
        assert time.monotonic() - began < 10  # never the twenty seconds of a worker's patience
    assert outages() == ("mail",)
    entered = client.post("/connexion", {"login": territory.citizen.email, "password": PASSWORD})
    assert entered.status_code == 302


def test_once_it_is_known_to_be_down_nobody_waits_for_it(client, territory, mail_by):
    report_down(Part.MAIL)
    shell.JOURNAL.forget()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        mail_by(listener.getsockname()[1], patience=20)
        assert client.post("/connexion/code", {"email": territory.citizen.email}).status_code == 503
        listener.settimeout(0.05)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_cache_that_is_gone_stops_codes_and_nothing_else(live_territory):
    client = Client(headers={"sec-fetch-site": "same-origin"})
    with connection.cursor() as cursor:
        cursor.execute("alter table kernel_cache rename to kernel_cache_away")
    try:
        page = client.post("/connexion/code", {"email": live_territory.citizen.email})
        assert page.status_code == 503
        assert "Vous pouvez participer sans compte." in plain(page)
        assert outages() == ("cache",)
        assert "Votre parole est bien enregistrée." in later(client, "/participer")
        say_something(client, "lina@example.org")
        page = client.post("/connexion", {"login": live_territory.citizen.email, "password": PASSWORD})
        assert page.status_code == 302
    finally:
        with connection.cursor() as cursor:
            cursor.execute("alter table kernel_cache_away rename to kernel_cache")
    assert look_again() == ["cache"]
    client.logout()
    assert client.post("/connexion/code", {"email": live_territory.citizen.email}).status_code == 302


@pytest.mark.parametrize("part", [Part.STORAGE, Part.IDENTITY, Part.SMS, Part.ANTIVIRUS])
def test_what_other_parts_report_is_told_as_well(client, part):
    report_down(part.value)
    assert str(DOWN[part]) in later(client, "/participer")
    assert client.get("/participer").status_code == 200


def test_each_part_has_its_words_in_both_languages():
    assert set(DOWN) == set(Part)
    for language in ("fr", "en"):
        with override(language):
            said = [banner([part]) for part in Part]
        assert len(set(said)) == len(Part)
    assert banner([]) == ""


def test_an_answer_that_was_stored_whole_is_stale_when_a_part_goes_down_and_when_it_is_back(live_territory):
    async def marks():
        database, scope, seen = Database(), live_territory.authority.pk, []
        versions = Versions(database)
        for change in (lambda: None, lambda: report_down("mail"), lambda: report_up("mail")):
            await asyncio.to_thread(changing, change)
            seen.append(await versions.read(scope))
        await database._connection.close()
        return seen

    def changing(change):
        change()
        connection.close()

    assert len(set(asyncio.run(marks()))) == 3


def test_a_page_that_is_stored_tells_what_was_down_at_its_version_and_not_seconds_before(client):
    client.cookies.clear()
    assert LATE not in plain(client.get("/participer"))
    report_down(Part.MAIL)  # and what the frame keeps for seconds is not asked again
    assert LATE in plain(client.get("/participer"))


def test_the_banner_asks_the_database_nothing_more(client, django_assert_num_queries):
    client.get("/participer")
    report_down(Part.MAIL)
    client.get("/participer")
    with django_assert_num_queries(1):
        client.get("/participer")
