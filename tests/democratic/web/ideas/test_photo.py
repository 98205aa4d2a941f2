"""One photo with what one says: described, agreed to, never before 15, and nothing lost when it is refused."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from antivirus import lying_clamd
from conversations import plain
from democratic.kernel.files import cleaning, keeping, make_thumbnails
from democratic.kernel.limits import Limit
from democratic.kernel.models import StoredFile
from democratic.people.models import AgeBand
from democratic.thread.models import Attachment, Record
from democratic.web import uploads
from pictures import document, photo_with_place, picture

SAY = "/concertations/bouger/dire"
SAID = {
    "key": "k1",
    "text": "L’arrêt n’a pas d’abri.",
    "file_alt": "Un arrêt de bus sans abri, sous la pluie.",
    "file_agreed": "on",
}


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


def sent(content=None, name="photo.jpg"):
    return SimpleUploadedFile(name, photo_with_place() if content is None else content)


def say(client, photo=None, **more):
    given = SAID | {"age_band": AgeBand.ADULT.value} | more
    return client.post(SAY, given | ({"file": photo} if photo else {}), follow=True)


def test_a_photo_is_shown_with_its_words_and_a_link_to_the_whole_of_it(territory, client):
    assert say(client, sent()).status_code == 200
    record = Record.objects.get(kind="idea")
    html = client.get(f"/idees/{record.code}").content.decode()
    found = re.search(
        r'<a class="photo" href="(/fichiers/[0-9a-f]{64})"><img src="(\S+)" width="400" height="640" alt="([^"]+)"',
        html,
    )
    assert found is not None, html
    assert found[3] == SAID["file_alt"]
    whole, small = client.get(found[1]), client.get(found[2])
    assert whole.headers["Content-Type"] == "image/jpeg"
    assert small.content == whole.content  # until the worker has made its thumbnail
    assert b"Lina" not in whole.content
    make_thumbnails()
    assert client.get(found[2]).headers["Content-Type"] == "image/webp"


def test_without_a_photo_nothing_more_is_asked(territory, client):
    say(client, file_alt="", file_agreed="")
    assert Record.objects.filter(kind="idea").count() == 1
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("file_alt", "Décrivez la photo en une phrase"), ("file_agreed", "Cochez cette case")],
)
def test_a_photo_asks_for_its_words_and_for_the_agreement_of_who_is_on_it(
    territory, client, missing, sentence
):
    response = say(client, sent(), **{missing: ""})
    assert response.status_code == 400
    words = plain(response)
    assert sentence in words
    assert "Choisissez de nouveau le fichier" in words
    assert SAID["text"] in response.content.decode()
    assert '<details class="say__photo" open>' in response.content.decode()
    assert not Record.objects.filter(kind="idea").exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("age_band", ["", "unsaid", "under_15"])
def test_before_15_or_unsaid_the_words_are_published_and_the_photo_is_not_even_opened(
    territory, client, monkeypatch, age_band
):
    monkeypatch.setattr(cleaning, "decode", lambda *_args: pytest.fail("a child's photo was opened"))
    response = say(client, sent(), age_band=age_band, file_alt="", file_agreed="")
    assert "Vos mots sont publiés sans la photo" in plain(response)
    assert Record.objects.filter(kind="idea").count() == 1
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg onload=alert(1)>", "exportez-le en PNG"),
        (b"PK\x03\x04", "aucune archive"),
        (b"", "vide"),
        (picture()[:200], "abîmé"),
    ],
)
def test_a_photo_that_is_refused_says_what_to_do_and_the_words_are_still_there(
    territory, client, content, sentence
):
    response = say(client, sent(content))
    assert response.status_code == 400
    assert sentence in plain(response)
    assert SAID["text"] in response.content.decode()
    assert not Record.objects.filter(kind="idea").exists()


def test_a_document_is_no_photo_but_is_no_danger(territory, client):
    """``accept`` is a hint to the browser; a PDF that comes anyway is offered to be saved, never drawn."""
    say(client, sent(document(), "a.pdf"))
    response = client.get(f"/fichiers/{Attachment.objects.get().file_id}")
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_store_that_does_not_answer_loses_neither_words_nor_form(territory, client, monkeypatch):
    def down(*_args):
        raise OSError("down")

    with monkeypatch.context() as broken:
        broken.setattr(keeping.storages["private"].__class__, "_save", down)
        response = say(client, sent())
    assert response.status_code == 503
    assert "envoyez sans lui" in plain(response)
    assert SAID["text"] in response.content.decode()
    assert say(client).status_code == 200
    assert Record.objects.filter(kind="idea").count() == 1


@pytest.mark.parametrize(
    ("path", "virus", "silent"),
    [
        (SAY, "reconnaît un virus", "Nous ne pouvons pas vérifier les fichiers pour le moment"),
        (f"/en{SAY}", "recognises a virus", "We cannot check files for the moment"),
    ],
)
def test_what_the_antivirus_refuses_or_cannot_scan_leaves_the_words_which_post_without_it(
    territory, client, settings, path, virus, silent
):
    def sends(answer, photo=True):
        with lying_clamd(answer) as settings.CLAMD:
            given = SAID | {"age_band": AgeBand.ADULT.value} | ({"file": sent()} if photo else {})
            return client.post(path, given, follow=True)

    for answer, sentence, status in [
        (b"stream: Worm FOUND\0", virus, 400),
        (b"nonsense", silent, 503),
        (b"stream: OK\0", silent, 503),  # until the worker has seen that it is back
    ]:
        response = sends(answer)
        page = response.content.decode()
        assert (response.status_code, SAID["text"] in page) == (status, True)
        on_the_field = re.search(r'id="id_file_error">.*?<span>(.*?)</span>', page, re.DOTALL)
        assert sentence in on_the_field[1]
        assert not StoredFile.objects.exists()
    assert not Record.objects.filter(kind="idea").exists()
    assert sends(b"nonsense", photo=False).status_code == 200
    assert Record.objects.filter(kind="idea").count() == 1


def test_the_same_form_sent_twice_is_one_idea_with_one_photo(territory, client):
    say(client, sent())
    say(client, sent())
    assert Record.objects.filter(kind="idea").count() == 1
    assert Attachment.objects.count() == 1


def test_photos_are_limited_by_network_and_by_person(territory, client, browser, monkeypatch):
    monkeypatch.setattr(uploads, "UPLOADS_OF_A_NETWORK", Limit("few-uploads", 1, 3600))
    say(client, sent())
    assert say(client, sent(), key="k2").status_code == 429
    monkeypatch.setattr(uploads, "UPLOADS_OF_A_NETWORK", Limit("many-uploads", 100, 3600))
    monkeypatch.setattr(uploads, "UPLOADS_OF_A_PERSON", Limit("few-of-person", 1, 3600))
    signed_in = browser(territory.citizen)
    assert say(signed_in, sent(), key="k3").status_code == 200
    assert say(signed_in, sent(), key="k4").status_code == 429


def test_words_that_arrive_broken_in_a_form_with_a_file_are_refused_as_elsewhere(territory, client):
    body = (
        b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xe9t\xe9\r\n--b\r\n'
        b'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n\xff\xd8\xff\r\n--b--\r\n'
    )
    response = client.post(SAY, body, content_type="multipart/form-data; boundary=b")
    assert response.status_code == 400
    assert "Ce texte est arrivé abîmé" in plain(response)


def test_who_takes_her_idea_back_takes_her_photo_back(territory, client):
    say(client, sent())
    record, file = Record.objects.get(kind="idea"), Attachment.objects.get().file_id
    assert client.get(f"/fichiers/{file}").status_code == 200
    client.post(f"/idees/{record.code}/retirer", {"key": "w"})
    assert client.get(f"/fichiers/{file}").status_code == 404
