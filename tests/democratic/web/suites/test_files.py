"""Files: private, shown only while public evidence shows them, and never run by a browser."""

from datetime import date

import pytest

from courses import shown, whole_course
from democratic.kernel.clock import FixedClock
from democratic.kernel.files import open_file, store_file
from democratic.thread.actions import NewAttachment, withdraw_by_authority
from democratic.thread.models import Record, Visibility
from factories import NOW, build_territory, clock_at
from pictures import document, picture

PNG = picture(kind="PNG")
PDF = document()


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


def photo(territory, content=PNG):
    course = whole_course(territory)
    file = store_file([content], clock=FixedClock(NOW))
    return shown(
        course.commitments[0].record, title="Le voici", url="", file=NewAttachment(file, "Un bus.")
    ), file


def test_a_photo_is_drawn_in_the_page_and_can_run_nothing(territory, get):
    _evidence, file = photo(territory)
    response = get(f"/fichiers/{file.sha256}")
    assert response.content == open_file(file)
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_a_document_is_saved_never_opened(territory, get):
    _evidence, file = photo(territory, PDF)
    response = get(f"/fichiers/{file.sha256}")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Disposition"].endswith('.pdf"')


def test_a_file_that_no_evidence_shows_is_not_there(territory, get):
    file = store_file([PNG], clock=FixedClock(NOW))
    get(f"/fichiers/{file.sha256}", status=404)


def test_a_file_is_gone_the_moment_its_evidence_is_withdrawn(territory, get):
    evidence, file = photo(territory)
    get(f"/fichiers/{file.sha256}")
    withdraw_by_authority(
        record=evidence.record, reason="Une personne est reconnaissable.", function="f",
        clock=clock_at(date(2026, 9, 8)),
    )  # fmt: skip
    get(f"/fichiers/{file.sha256}", status=404)


@pytest.mark.parametrize("visibility", [Visibility.DRAFT, Visibility.HIDDEN, Visibility.WITHDRAWN])
def test_a_file_of_what_is_not_public_is_not_there(territory, get, visibility):
    evidence, file = photo(territory)
    Record.objects.filter(pk=evidence.pk).update(visibility=visibility)
    get(f"/fichiers/{file.sha256}", status=404)


def test_a_browser_that_has_it_is_asked_again_and_told_that_it_is_the_same(territory, client, get):
    evidence, file = photo(territory)
    etag = get(f"/fichiers/{file.sha256}").headers["ETag"]
    assert client.get(f"/fichiers/{file.sha256}", headers={"If-None-Match": etag}).status_code == 304
    Record.objects.filter(pk=evidence.pk).update(visibility=Visibility.HIDDEN)
    assert client.get(f"/fichiers/{file.sha256}", headers={"If-None-Match": etag}).status_code == 404


def test_another_authority_s_file_is_not_there(territory, client):
    _evidence, file = photo(territory)
    build_territory("ailleurs", host="ailleurs.example")
    assert client.get(f"/fichiers/{file.sha256}", headers={"host": "ailleurs.example"}).status_code == 404


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "0" * 63, "A" * 64, "x"])
def test_what_is_no_digest_is_not_there(territory, get, name):
    get(f"/fichiers/{name}", status=404)
