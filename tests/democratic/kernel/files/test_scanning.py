"""What is sent is scanned before anything opens it: by a real clamd, by one that is gone, slow, or lies."""

import hashlib
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from django.core.files.storage import storages

from antivirus import EICAR, NAME, lying_clamd, real_clamd
from democratic.config.server.errors import CannotStart
from democratic.config.server.storage import antivirus_address
from democratic.kernel import outages as parts
from democratic.kernel.files import cleaning, keeping, scanning, store_file
from democratic.kernel.files.scanning import LONGEST, ScannerSilent, ask, scan
from democratic.kernel.models import StoredFile
from democratic.kernel.outages import look_again, outages
from democratic.kernel.refusals import Refusal
from factories import NOW, clock_at
from failing_peer import failing_peer
from object_store import free_port
from pictures import document, picture

CLOCK = clock_at(NOW.date())
CLEAN, INFECTED = picture(), picture(comment=EICAR)
VIRUS, NOT_NOW, NOT_THIS = "reconnaît un virus", "pour le moment", "ce fichier"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    with real_clamd(tmp_path_factory.mktemp("clamd")) as address:
        yield address


@pytest.fixture
def scanned_by(settings, tmp_path):
    def use(address):
        settings.CLAMD = address
        settings.STORAGES = settings.STORAGES | {
            "private": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": tmp_path / "files"},
            }
        }

    return use


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(scanning, "LONGEST", 0.5)


def send(content):
    return store_file([content], clock=CLOCK)


def refused(content, error=Refusal):
    with pytest.raises(error) as caught:
        send(content)
    assert caught.value.field == "file"
    assert not StoredFile.objects.exists()
    assert not Path(storages["private"].location).exists()  # made with its first file
    return str(caught.value)


def test_without_an_antivirus_nothing_is_asked(scanned_by, monkeypatch, django_assert_num_queries):
    scanned_by(None)
    monkeypatch.setattr(scanning.socket, "socket", lambda *_: pytest.fail("a line was opened"))
    with django_assert_num_queries(0):
        scan(INFECTED)
    assert send(INFECTED).pk


@pytest.mark.parametrize("content", [CLEAN, document()], ids=["photo", "document"])
def test_what_is_clean_is_kept(scanned_by, clamd, content):
    scanned_by(clamd)
    assert send(content).pk == StoredFile.objects.get().pk


def test_a_virus_in_what_would_be_encoded_anew_is_refused_before_it_is_opened(
    scanned_by, clamd, monkeypatch, caplog
):
    scanned_by(clamd)
    assert EICAR not in cleaning.clean_file(INFECTED).content  # writing it anew would have been enough
    monkeypatch.setattr(cleaning, "decode", lambda *_: pytest.fail("it was opened"))
    with caplog.at_level(logging.INFO):
        assert VIRUS in refused(INFECTED)
    (line,) = [each.getMessage() for each in caplog.records]
    assert line == f"a file was refused: {NAME} in {hashlib.sha256(INFECTED).hexdigest()[:12]}"


def test_a_virus_in_a_document_that_would_be_kept_as_it_came_is_refused(scanned_by, clamd):
    scanned_by(clamd)
    assert VIRUS in refused(document(b"%" + EICAR + b"\n"))


def test_a_port_is_spoken_to_as_a_socket_is(scanned_by, tmp_path):
    with real_clamd(tmp_path / "clamd", port=free_port()) as address:
        scanned_by(address)
        assert send(CLEAN).pk
        with pytest.raises(Refusal, match=VIRUS):
            send(INFECTED)


def test_two_at_once_each_have_their_own_answer(scanned_by, clamd):
    scanned_by(clamd)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(partial(ask, patience=LONGEST), [CLEAN, INFECTED] * 10)) == ["", NAME] * 10


def test_what_we_do_not_take_needs_no_scan(scanned_by, monkeypatch):
    scanned_by("/nowhere")
    monkeypatch.setattr(keeping, "scan", lambda _content: pytest.fail("it was scanned"))
    assert "ni un PDF" in refused(EICAR)
    assert "10 Mo" in refused(bytes(11_000_000))
    assert "vide" in refused(b"")


@pytest.mark.parametrize("kind", ["socket", "port"])
def test_a_file_that_clamd_finds_too_long_is_refused_and_others_go_on(scanned_by, tmp_path, kind):
    port = free_port() if kind == "port" else 0
    with real_clamd(tmp_path / "clamd", most="100K", port=port) as address:
        scanned_by(address)
        assert NOT_THIS in refused(document(b"%" + bytes(4_000_000)), ScannerSilent)
        assert outages() == ()
        assert send(CLEAN).pk


def test_one_that_is_gone_refuses_files_until_the_worker_sees_that_it_is_back(scanned_by, clamd):
    scanned_by(clamd + ".gone")
    assert NOT_NOW in refused(CLEAN, ScannerSilent)
    assert outages() == ("antivirus",)
    assert look_again() == []
    scanned_by(clamd)
    assert NOT_NOW in refused(CLEAN, ScannerSilent)  # nobody waits for it before the worker has seen it
    assert look_again() == ["antivirus"]
    assert send(CLEAN).pk


def test_one_that_is_no_longer_set_is_not_down(scanned_by):
    parts.report_down(parts.Part.ANTIVIRUS)
    scanned_by(None)
    assert send(CLEAN).pk
    assert look_again() == ["antivirus"]


@pytest.mark.parametrize("how", ["down", "resets", "slow"])
def test_one_that_fails_is_given_up_within_its_patience(scanned_by, impatient, monkeypatch, how):
    with failing_peer(how, answer=b"stream: OK\0", after=30) as port:
        scanned_by(("127.0.0.1", port))
        before = time.monotonic()
        assert NOT_NOW in refused(CLEAN, ScannerSilent)
        assert time.monotonic() - before < 10
        monkeypatch.setattr(scanning, "LONGEST", 30)  # the next is not asked to wait at all
        before = time.monotonic()
        refused(CLEAN, ScannerSilent)
        assert time.monotonic() - before < 10
    assert outages() == ("antivirus",)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: OK",
        b"stream: OK\n",
        b"stream: OK\0stream: Worm FOUND\0",
        b"stream: OK\0 ",
        b"OK\0",
        b"PONG\0",
        b"stream: a name of words FOUND\0",
        b"stream: \xff\xfe FOUND\0",
        b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        b"HTTP/1.1 200 OK\r\n\r\nstream: OK\0",
    ],
)
def test_any_other_answer_is_none(scanned_by, answer, caplog):
    with lying_clamd(answer) as address:
        scanned_by(address)
        assert NOT_NOW in refused(CLEAN, ScannerSilent)
    assert "bytes could not be scanned, and was refused: NoVerdict" in caplog.text


def test_an_answer_of_100_million_bytes_is_not_read(scanned_by):
    with lying_clamd(b"stream: OK\0" * 95_000, times=100) as address:
        scanned_by(address)
        before = time.monotonic()
        assert NOT_NOW in refused(CLEAN, ScannerSilent)
        assert time.monotonic() - before < 10  # read to its end, it lasts minutes


def test_a_file_made_to_be_slow_does_not_close_the_door_to_others(scanned_by, impatient):
    with lying_clamd(b"stream: OK\0", after=1, to_a_few_bytes=b"stream: OK\0") as address:
        scanned_by(address)
        assert NOT_THIS in refused(CLEAN, ScannerSilent)
    assert outages() == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", None),
        ("unix:/run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"),
        ("tcp://127.0.0.1:3310", ("127.0.0.1", 3310)),
        ("tcp://[::1]:3310", ("::1", 3310)),
        ("tcp://antivirus:3310", ("antivirus", 3310)),
    ],
)
def test_the_address_of_clamd_is_a_socket_or_a_port(written, read):
    assert antivirus_address(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "clamd.ctl", "/run/clamav/clamd.ctl", "unix:clamd.ctl", "unix://run/clamd.ctl", "unix:", "unix:/a?b", "tcp://:3310",
        "tcp://host", "tcp://host:0", "tcp://host:many", "tcp://host:99999", "tcp://host:3310/x", "http://host:3310",
        "tcp://user@host:3310", "tcp://a..b:3310", "tcp://[::1:3310",
    ],
)  # fmt: skip
def test_any_other_address_is_refused_in_one_line(written):
    with pytest.raises(CannotStart, match="DEMOCRATIC_CLAMD s'écrit unix:"):
        antivirus_address(written)
