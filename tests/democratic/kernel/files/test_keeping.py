"""Kept once, by content; erased when nothing shows it; a crash or a full disk leaves nothing half done."""

import pytest
from django.core.files.storage import storages

from democratic.kernel.files import (
    THUMBNAILS,
    Holding,
    clean_file,
    erase_due_files,
    hold_file,
    make_thumbnails,
    open_file,
    release_files,
    store_file,
)
from democratic.kernel.files.keeping import MOST_TRIES, StorageSilent, path_of
from democratic.kernel.jobs import look_after_files
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Refusal
from factories import NOW, clock_at
from pictures import document, picture

CLOCK, LATER = clock_at(NOW.date()), clock_at(NOW.date(), 12)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    return storages["private"]


def kept(content=None):
    return store_file([content or picture()], clock=CLOCK)


def test_what_is_kept_is_what_we_encoded_and_its_name_is_its_content(store):
    sent = picture(comment=b"secret")
    stored = kept(sent)
    assert open_file(stored) == clean_file(sent).content != sent
    assert (stored.width, stored.height, stored.content_type) == (640, 400, "image/jpeg")
    assert store.exists(path_of(stored.sha256))


def test_the_same_photo_sent_twice_is_kept_once():
    assert kept().pk == kept().pk
    assert StoredFile.objects.count() == 1


def test_a_file_longer_than_ten_million_bytes_is_not_read_to_its_end():
    def endless():
        while True:
            yield bytes(1_000_000)

    with pytest.raises(Refusal, match="10 Mo"):
        store_file(endless(), clock=CLOCK)
    assert not StoredFile.objects.exists()


def test_what_no_record_shows_within_its_hour_is_erased(store):
    stored = kept()
    assert erase_due_files(CLOCK) == 0
    assert erase_due_files(LATER) == 1
    assert not StoredFile.objects.exists()
    assert not store.exists(path_of(stored.sha256))


def test_what_a_record_shows_stays():
    hold_file(kept())
    assert erase_due_files(LATER) == 0


def test_a_file_erased_before_its_act_is_asked_for_again():
    stored = kept()
    erase_due_files(LATER)
    with pytest.raises(Holding):
        hold_file(stored)


def test_a_file_sent_again_while_it_waits_to_be_erased_has_an_hour_more():
    release_files([kept().pk], now=NOW)
    assert erase_due_files(CLOCK) == 1
    stored = kept()
    release_files([stored.pk], now=NOW)
    kept()
    assert erase_due_files(CLOCK) == 0


def test_bytes_lost_by_a_crash_before_they_were_written_are_written_the_next_time(store):
    stored = kept()
    store.delete(path_of(stored.sha256))
    kept()
    assert store.exists(path_of(stored.sha256))


def test_thumbnails_are_made_by_the_worker_and_erased_with_their_image(store):
    stored = kept(picture((2000, 1000)))
    hold_file(stored)
    assert make_thumbnails() == 1
    assert make_thumbnails() == 0
    for width in THUMBNAILS:
        assert store.exists(path_of(stored.sha256, width))
        assert open_file(stored, width)[8:12] == b"WEBP"
    release_files([stored.pk], now=NOW)
    assert erase_due_files(CLOCK) == 1
    assert not any(store.exists(path_of(stored.sha256, width)) for width in (0, *THUMBNAILS))


def test_a_document_has_no_thumbnail():
    hold_file(kept(document()))
    assert make_thumbnails() == 0


def test_thumbnails_that_fail_are_given_up_and_never_hold_others_back(store):
    lost = kept()
    hold_file(lost)
    store.delete(path_of(lost.sha256))
    hold_file(kept(picture((30, 30))))
    assert make_thumbnails() == 1
    lost.refresh_from_db()
    assert (lost.has_thumbnails, lost.thumbnail_tries) == (False, MOST_TRIES)


def test_a_full_disk_is_told_and_nothing_is_shown(monkeypatch, store):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(store), "_save", full)
    with pytest.raises(StorageSilent) as refused:
        kept()
    assert refused.value.status == 503


def test_bytes_that_cannot_be_erased_keep_their_row_for_the_next_round(monkeypatch, store):
    kept()
    with monkeypatch.context() as broken:
        broken.setattr(type(store), "delete", lambda *_args: (_ for _ in ()).throw(OSError("down")))
        assert erase_due_files(LATER) == 0
    assert erase_due_files(LATER) == 1


def test_the_job_does_both_and_may_run_twice(monkeypatch):
    hold_file(kept())
    forgotten = kept(picture((31, 31)))
    monkeypatch.setattr("democratic.kernel.jobs.DATABASE_CLOCK", LATER)
    for _round in range(2):
        look_after_files(0)
    assert StoredFile.objects.get().has_thumbnails
    assert not StoredFile.objects.filter(pk=forgotten.pk).exists()
