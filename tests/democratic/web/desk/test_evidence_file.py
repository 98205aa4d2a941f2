"""Evidence with a file, through the desk's form: described when it is an image, and refused without loss."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses import SHOWN, whole_course
from democratic.kernel.clock import FixedClock
from democratic.thread.models import Attachment, Kind, Record
from factories import clock_at
from pictures import document, picture


@pytest.fixture
def give(territory, client, monkeypatch, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    course = whole_course(territory)
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(clock_at(SHOWN).moment))
    client.force_login(territory.agent)

    def send(content, **fields):
        given = {"key": "k", "title": "Le bus est là", "file": SimpleUploadedFile("bus", content)} | fields
        path = f"/bureau/preuves/{course.commitments[0].record.code}/ajouter"
        return client.post(path, given, HTTP_SEC_FETCH_SITE="same-origin")

    return send


def evidence():
    return Record.objects.filter(kind=Kind.EVIDENCE, wording__title="Le bus est là")


def test_an_image_is_published_with_its_words(give):
    assert give(picture(), file_alt="Un bus, de nuit.").status_code == 302
    shown = Attachment.objects.get(record=evidence().get())
    assert shown.alternative == "Un bus, de nuit."
    assert shown.file.erase_after is None


def test_an_image_without_words_is_refused_and_what_was_typed_stays(give):
    response = give(picture())
    page = response.content.decode()
    assert response.status_code == 400
    assert "Décrivez l’image en une phrase" in page
    assert "Choisissez de nouveau le fichier" in page
    assert "Le bus est là" in page
    assert not evidence().exists()


def test_a_document_needs_no_words(give):
    assert give(document()).status_code == 302
    assert Attachment.objects.get(record=evidence().get()).file.content_type == "application/pdf"


def test_a_document_that_runs_is_refused_with_what_to_do(give):
    response = give(document(b"<</S/JavaScript>>\n"))
    assert response.status_code == 400
    assert "imprimez-le en PDF" in response.content.decode()
    assert not evidence().exists()
