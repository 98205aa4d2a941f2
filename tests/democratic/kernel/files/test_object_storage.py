"""Files in a store of the S3 API: a real server, one that is gone, one that never answers."""

import subprocess
import sys

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from democratic.config.places import ROOT
from democratic.config.server.storage import private_storage
from democratic.kernel import object_storage
from democratic.kernel.files import erase_due_files, hold_file, make_thumbnails, open_file, store_file
from democratic.kernel.files.keeping import StorageSilent, path_of
from democratic.kernel.models import StoredFile
from factories import NOW, clock_at
from object_store import gone, s3_server, silent_server
from pictures import picture
from store_that_lies import NO_STORE, lying_store

CLOCK = clock_at(NOW.date())
LATER = clock_at(NOW.date(), 15)

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:botocore"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3")) as url:
        yield url


@pytest.fixture
def kept_by(settings, tmp_path):
    def use(url):
        settings.STORAGES = settings.STORAGES | {"private": private_storage(url, tmp_path / "unused")}
        return storages["private"]

    return use


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setitem(object_storage._PATIENCE, "read_timeout", 0.3)
    monkeypatch.setitem(object_storage._PATIENCE, "retries", {"total_max_attempts": 1})


def test_put_get_exists_delete(kept_by, address):
    store = kept_by(address)
    assert not store.exists("ab/abc")
    assert store.save("ab/abc", ContentFile(b"bytes")) == "ab/abc"
    assert store.exists("ab/abc")
    with store.open("ab/abc") as handle:
        assert handle.read() == b"bytes"
    store.delete("ab/abc")
    assert not store.exists("ab/abc")
    store.delete("ab/abc")  # again, without harm
    with pytest.raises(FileNotFoundError):
        store.open("ab/abc")


@pytest.mark.parametrize(
    ("right", "wrong"), [("//S3RVER:", "//UNKNOWN:"), ("/democratic?", "/no-such-bucket?")]
)
def test_a_wrong_key_or_a_wrong_bucket_is_a_store_that_fails(kept_by, address, right, wrong):
    store = kept_by(address.replace(right, wrong))
    with pytest.raises(OSError):  # noqa: PT011  FileNotFoundError for a bucket
        store.save("ab/abd", ContentFile(b"bytes"))


def test_a_photo_lives_its_whole_life_there(db, kept_by, address):
    store = kept_by(address)
    stored = store_file([picture()], clock=CLOCK)
    hold_file(stored)
    assert make_thumbnails() == 1
    assert open_file(stored)[:3] == b"\xff\xd8\xff"
    assert open_file(stored, 320)[8:12] == b"WEBP"
    StoredFile.objects.update(erase_after=NOW)
    assert erase_due_files(LATER) == 1
    assert not any(store.exists(path_of(stored.sha256, width)) for width in (0, 320, 1280))


def test_a_store_that_is_gone_is_told_and_leaves_no_file_that_could_be_shown(db, kept_by, impatient):
    kept_by(gone())
    with pytest.raises(StorageSilent, match="ne répond pas"):
        store_file([picture()], clock=CLOCK)
    left = StoredFile.objects.get()
    assert left.erase_after is not None  # it is erased when its hour has passed
    with pytest.raises(OSError, match="does not answer"):
        open_file(left)


def test_a_store_that_never_answers_is_given_up_within_its_patience(db, kept_by, impatient):
    with silent_server() as url:
        kept_by(url)
        with pytest.raises(StorageSilent):
            store_file([picture()], clock=CLOCK)


@pytest.mark.parametrize("answer", NO_STORE)
def test_what_answers_and_is_no_store_is_told_as_a_store_that_fails(kept_by, impatient, answer):
    with lying_store(answer) as url:
        store = kept_by(url)
        with pytest.raises(OSError):  # noqa: PT011  FileNotFoundError for a 404
            store.open("ab/abc")


def test_more_bytes_than_any_file_of_ours_are_not_waited_for(kept_by, impatient):
    endless = b"HTTP/1.1 200 OK\r\nETag: 1\r\nContent-Length: %d\r\n\r\n" % 10**12 + bytes(99)
    with lying_store(endless) as url, pytest.raises(OSError, match="more than was kept"):
        kept_by(url).open("ab/abc")


def test_what_could_not_be_erased_is_erased_when_the_store_is_back(db, kept_by, address, impatient):
    store = kept_by(address)
    stored = store_file([picture((50, 50))], clock=CLOCK)
    kept_by(gone())
    assert erase_due_files(LATER) == 0
    assert StoredFile.objects.filter(pk=stored.pk).exists()
    assert make_thumbnails() == 0
    store = kept_by(address)
    assert erase_due_files(LATER) == 1
    assert not store.exists(path_of(stored.sha256))


def test_nothing_of_it_is_loaded_unless_it_is_asked_for():
    code = (
        "import django; django.setup(); import sys, democratic.kernel.files;"
        "print([m for m in ('boto3', 'botocore', 'storages') if m in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert ended.stdout.strip() == "[]"
