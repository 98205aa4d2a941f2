"""A file under a text is taken off: its bytes go, its line stays among the versions, and of a draft nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from democratic.communities.editorial.actions import draft_publication, publish
from democratic.communities.editorial.models import FileTakenOff
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.files import erase_due_files
from democratic.kernel.models import StoredFile
from democratic.thread.actions import Words
from democratic.thread.models import Attachment, Entry, Kind
from pictures import picture

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
DESK = "/bureau/publications"
WHY = "Le plan n’est plus le bon."


@pytest.fixture
def agent(territory):
    client = Client()
    client.force_login(territory.agent)
    return client


def drafted(territory, slug="nos-locaux"):
    return draft_publication(
        authority=territory.authority, kind=Kind.PAGE, words=Words(title="Nos locaux", text="Ouverts."),
        slug=slug, function="Service", clock=territory.clock,
    )  # fmt: skip


def public(territory, slug="nos-locaux"):
    return publish(publication=drafted(territory, slug), clock=territory.clock)


def shows(agent, page, colour, said="Le plan d’accès"):
    """The address of the form that takes this picture off."""
    sent = {"file": SimpleUploadedFile("a.png", picture(colour=colour)), "file_alt": said}
    answer = agent.post(f"{DESK}/{page.record.code}/fichier", sent, **HERE)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    newest = Attachment.objects.filter(record=page.record).order_by("-position")[0]
    return f"{DESK}/{page.record.code}/fichiers/{newest.file_id}/oter"


def text(client, path):
    return client.get(path).content.decode().replace("\u00a0", " ")


def test_a_file_taken_off_goes_with_its_bytes_and_its_line_stays_for_all(territory, agent, client):
    path = shows(agent, public(territory), "red")
    sha256 = path.split("/")[-2]
    assert client.get(f"/fichiers/{sha256}").status_code == 200
    assert "Ôter « Le plan d’accès »" in text(agent, path)
    assert agent.post(path, {"reason": WHY}, **HERE).status_code == 302
    assert client.get(f"/fichiers/{sha256}").status_code == 404
    page = text(client, "/pages/nos-locaux")
    assert f"/fichiers/{sha256}" not in page
    for said in ("Fichiers ôtés", "Le plan d’accès", WHY):
        assert said in page
    assert erase_due_files(DATABASE_CLOCK) == 1
    assert not StoredFile.objects.filter(pk=sha256).exists()
    told = Entry.objects.get(kind="publication_takes_file_off")
    assert told.openings.get(part="file").value == sha256


def test_why_a_file_leaves_a_public_page_must_be_said(territory, agent):
    path = shows(agent, public(territory), "red")
    assert agent.post(path, {"reason": " "}, **HERE).status_code == 400
    assert Attachment.objects.count() == 1
    assert not FileTakenOff.objects.exists()


def test_of_a_draft_a_file_leaves_no_line(territory, agent):
    path = shows(agent, drafted(territory), "red")
    assert 'name="reason"' not in text(agent, path)
    assert agent.post(path, {}, **HERE).status_code == 302
    assert not Attachment.objects.exists()
    assert not FileTakenOff.objects.exists()
    assert not Entry.objects.filter(kind="publication_takes_file_off").exists()


def test_the_other_files_stay_and_a_new_one_finds_its_place(territory, agent):
    page = public(territory)
    first, _second = (shows(agent, page, colour) for colour in ("red", "green"))
    agent.post(first, {"reason": WHY}, **HERE)
    shows(agent, page, "blue")
    assert list(Attachment.objects.values_list("position", flat=True)) == [1, 2]


def test_a_file_that_another_page_shows_is_not_erased(territory, agent, client):
    path = shows(agent, public(territory), "red")
    shows(agent, public(territory, "autre"), "red")
    agent.post(path, {"reason": WHY}, **HERE)
    assert erase_due_files(DATABASE_CLOCK) == 0
    assert client.get(f"/fichiers/{path.split('/')[-2]}").status_code == 200


def test_a_form_sent_twice_takes_it_off_once_and_a_second_hand_is_told(territory, agent):
    path = shows(agent, public(territory), "red")
    body = {"reason": WHY, "key": "c" * 32}
    agent.post(path, body, **HERE)
    assert agent.post(path, body, **HERE).status_code == 302
    assert agent.post(path, {"reason": WHY}, **HERE).status_code == 409
    assert agent.get(path).status_code == 404
    assert FileTakenOff.objects.count() == 1


@pytest.mark.parametrize(
    ("sha256", "status"),
    [("0" * 64, 409), ("x" * 500, 409), ("..%2F..%2Fetc", 404), ("%00", 404), ("é", 404)],
)
def test_what_this_page_does_not_show_is_not_taken_off(territory, agent, sha256, status):
    page = public(territory)
    path = f"{DESK}/{page.record.code}/fichiers/{sha256}/oter"
    assert agent.get(path).status_code == 404
    assert agent.post(path, {"reason": WHY}, **HERE).status_code == status


def test_a_neighbour_and_a_citizen_take_nothing_off(territory, agent):
    path = shows(agent, public(territory), "red")
    citizen = Client()
    citizen.force_login(territory.citizen)
    assert citizen.post(path, {"reason": WHY}, **HERE).status_code == 403
    assert Client().post(path, {"reason": WHY}, **HERE).status_code == 302
    assert Attachment.objects.count() == 1
