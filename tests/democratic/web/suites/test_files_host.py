"""Files from an origin of their own: a link of a minute, and on that host nothing else."""

import pytest
from django.core import signing
from django.core.files.storage import storages
from django.test import Client

from democratic.kernel.files import make_thumbnails, store_file
from democratic.kernel.files.keeping import path_of
from democratic.thread.actions import NewAttachment
from democratic.thread.models import Record, Visibility
from democratic.web.files_host import LINK_LIFE, files_host, link_to
from pictures import document, picture

HOST = "fichiers.example.fr"


@pytest.fixture
def site(settings, tmp_path, on):
    """A client of an installation whose files have their own host; middleware read the setting at start."""
    settings.FILES_URL = f"https://{HOST}"
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    return Client()


@pytest.fixture
def record(territory, site):
    photo = NewAttachment(store_file([picture()], clock=territory.clock), "Un arrêt.")
    return territory.say(photo=photo).idea.record


def sha_of(record):
    return record.attachments.get().file_id


def away(site, record, width=""):
    response = site.get(f"/fichiers/{sha_of(record)}{width}")
    assert response.status_code == 302
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Location"].startswith(f"https://{HOST}/f/")
    return response.headers["Location"].removeprefix(f"https://{HOST}")


def test_the_page_host_checks_and_sends_to_the_files_host(site, record):
    response = site.get(away(site, record), headers={"host": HOST})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_thumbnails_go_the_same_way(site, record):
    make_thumbnails()
    response = site.get(away(site, record, "/320"), headers={"host": HOST})
    assert response.headers["Content-Type"] == "image/webp"


def test_where_a_thumbnail_was_lost_the_image_itself_is_shown(site, record):
    make_thumbnails()
    storages["private"].delete(path_of(sha_of(record), 320))
    response = site.get(away(site, record, "/320"), headers={"host": HOST})
    assert response.headers["Content-Type"] == "image/jpeg"


def test_a_store_that_lost_the_image_says_so(site, record):
    storages["private"].delete(path_of(sha_of(record)))
    response = site.get(away(site, record), headers={"host": HOST})
    assert response.status_code == 503
    assert "ne répond pas" in response.content.decode()


def test_a_document_is_saved_there_too(territory, site):
    file = store_file([document()], clock=territory.clock)
    record = territory.say(photo=NewAttachment(file)).idea.record
    response = site.get(away(site, record), headers={"host": HOST})
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_link_lives_a_minute_at_most(site, record, monkeypatch):
    assert LINK_LIFE <= 60
    link = away(site, record)
    now = signing.time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + LINK_LIFE + 1)
    assert site.get(link, headers={"host": HOST}).status_code == 404


@pytest.mark.parametrize("visibility", [Visibility.WITHDRAWN])
def test_a_link_given_before_a_withdrawal_opens_nothing_after_it(site, record, visibility):
    link = away(site, record)
    Record.objects.filter(pk=record.pk).update(visibility=visibility)
    assert site.get(link, headers={"host": HOST}).status_code == 404


def test_a_link_forged_or_for_another_file_opens_nothing(territory, site, record):
    other = NewAttachment(store_file([picture((9, 9))], clock=territory.clock), "Autre.")
    swapped = link_to(record.pk, other.file.pk, 0).removeprefix(f"https://{HOST}")
    for path in (swapped, "/f/x:y:z", f"{away(site, record)}x", f"/f/{sha_of(record)}"):
        assert site.get(path, headers={"host": HOST}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/connexion", "/static/web/app.css", "/journal", "/healthz", "/f/", "/compte"]
)
def test_on_the_files_host_nothing_but_files_is_answered(site, record, path):
    response = site.get(path, headers={"host": HOST})
    assert response.status_code == 404
    assert not response.cookies
    assert site.post(path, headers={"host": HOST}).status_code == 405


def test_on_the_page_host_a_files_link_is_nothing(site, record):
    assert site.get(away(site, record)).status_code == 404


def test_without_a_files_host_the_middleware_lets_all_pass(settings, rf):
    settings.FILES_URL = ""
    assert files_host(lambda _request: "page")(rf.get("/", headers={"host": HOST})) == "page"
