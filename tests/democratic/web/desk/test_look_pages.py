"""The colour is tried before it is kept, and the one that is offered is one tap away; the logo heads each page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from democratic.communities.models import Logo
from democratic.kernel.authority_colour import nearest_fit
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.files import erase_due_files
from democratic.kernel.models import StoredFile
from democratic.thread.actions import give_role, open_authority
from democratic.thread.models import Authority, Entry, Role
from democratic.web import authorities
from factories import staff_account
from hostile_files import KEPT, hostile_files
from pictures import document, picture

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
LOOK, LOGO = "/bureau/collectivite/apparence", "/bureau/collectivite/logo"


@pytest.fixture
def administrator(territory, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    account = staff_account("admin@val-orbe.example", "Max")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client()
    client.force_login(account)
    return client


def look(client, **said):
    return client.post(LOOK, {"identity": "", "accent": ""} | said, **HERE)


def page_of(answer):
    return answer.content.decode().replace("\u00a0", " ")


def test_a_colour_is_seen_and_nothing_is_kept(administrator):
    answer = look(administrator, accent="#5B2A4F", see="1")
    page = page_of(answer)
    assert (answer.status_code, "/apparence/5b2a4f.css" in page, "Avec #5b2a4f" in page) == (200, True, True)
    assert Authority.objects.get().accent == ""
    assert not Entry.objects.filter(kind="authority_described").exists()


def test_a_colour_tried_is_worn_in_the_place_of_an_identity(administrator):
    look(administrator, identity="prune")
    authorities.KEPT.forget()
    page = page_of(look(administrator, accent="#0f5257", see="1"))
    assert ("/apparence/0f5257.css" in page, "data-identity" in page) == (True, False)


def test_a_colour_that_fails_is_refused_and_the_page_wears_the_nearest_that_passes(administrator):
    answer, better = look(administrator, accent="#ffcc00"), nearest_fit("#ffcc00")
    page = page_of(answer)
    assert answer.status_code == 400
    assert (f"/apparence/{better[1:]}.css" in page, f'name="accent" value="{better}"' in page) == (True, True)
    assert "#ffcc00 donne un contraste de 1,2 pour 1" in page
    assert Authority.objects.get().accent == ""


def test_the_offer_is_taken_in_one_tap(administrator):
    page = page_of(look(administrator, accent="#ffcc00"))
    offer = re.search(r'<button[^>]* name="accent" value="(#[0-9a-f]{6})"', page)[1]
    assert look(administrator, accent=offer).status_code == 302
    assert Authority.objects.get().accent == offer


def test_a_red_like_the_thread_is_refused_for_what_it_is(administrator):
    assert "se confond avec le rouge du fil" in page_of(look(administrator, accent="#c93a1d", see="1"))


@pytest.mark.parametrize("typed", ["red", "#12345", "#0f5257}", "<script>"])
def test_what_is_no_colour_is_tried_in_vain(administrator, typed):
    assert "pour 1" not in page_of(look(administrator, accent=typed, see="1"))
    assert look(administrator, accent=typed).status_code == 400


def logo(client, content, **said):
    return client.post(LOGO, {"file": SimpleUploadedFile("logo", content)} | said, **HERE)


def head(client, path="/participer"):
    authorities.KEPT.forget()
    return client.get(path).content.decode()


def test_a_logo_heads_each_page_with_its_words(administrator, client):
    assert logo(administrator, picture(), alternative="Le Val-d’Orbe, terre d’eau").status_code == 302
    shown = re.search(r'<img class="brand__mark" src="([^"]+)" alt="([^"]+)"', head(client))
    assert shown[2] == "Le Val-d’Orbe, terre d’eau"
    served = client.get(shown[1])
    assert (served.status_code, served["X-Content-Type-Options"]) == (200, "nosniff")
    assert served["Content-Type"].startswith("image/")
    assert Entry.objects.get(kind="authority_described").data == {"part": "logo"}


def test_a_logo_is_replaced_and_the_file_before_is_erased(administrator, client):
    logo(administrator, picture())
    before = Logo.objects.get().file_id
    logo(administrator, picture((40, 30)))
    erase_due_files(DATABASE_CLOCK)
    assert not StoredFile.objects.filter(pk=before).exists()
    assert client.get(f"/logo/{before}").status_code == 404


def test_a_logo_is_taken_down(administrator, client):
    logo(administrator, picture())
    sha256 = Logo.objects.get().file_id
    administrator.post(f"{LOGO}/retirer", **HERE)
    assert "brand__mark" not in head(client)
    assert client.get(f"/logo/{sha256}").status_code == 404
    assert administrator.post(f"{LOGO}/retirer", **HERE).status_code == 302  # twice: said, nothing breaks


def test_the_same_logo_sent_twice_is_kept(administrator, client):
    logo(administrator, picture())
    logo(administrator, picture())
    assert erase_due_files(DATABASE_CLOCK) == 0
    assert client.get(f"/logo/{Logo.objects.get().file_id}").status_code == 200


def test_two_authorities_may_show_the_same_file_and_one_goes_on(administrator, territory, client):
    logo(administrator, picture())
    shown = Logo.objects.get()
    neighbour = open_authority(slug="vaubrun", name="Vaubrun", kind_label="Commune", host="vaubrun.example")
    Logo.objects.create(authority=neighbour, file=shown.file)
    administrator.post(f"{LOGO}/retirer", **HERE)
    assert erase_due_files(DATABASE_CLOCK) == 0
    assert Logo.objects.get().authority == neighbour
    assert client.get(f"/logo/{shown.file_id}").status_code == 404  # not this one's any more


@pytest.mark.parametrize(
    "case", [each for each in hostile_files() if each.becomes != KEPT][::6], ids=lambda case: case.what
)
def test_a_hostile_logo_is_refused_and_the_one_there_stays(administrator, case):
    logo(administrator, picture())
    before = Logo.objects.values().get()
    answer = logo(administrator, case.content, alternative="Des mots à garder")
    assert (answer.status_code, "Des mots à garder" in page_of(answer)) == (400, True)
    assert Logo.objects.values().get() == before


def test_a_drawing_is_refused_with_what_to_send(administrator):
    page = page_of(logo(administrator, b'<svg xmlns="http://www.w3.org/2000/svg"/>'))
    assert ("SVG" in page, "PNG" in page) == (True, True)


def test_a_document_or_nothing_is_no_logo(administrator):
    assert "Un logo est une image" in page_of(logo(administrator, document()))
    assert administrator.post(LOGO, {}, **HERE).status_code == 400
    assert not Logo.objects.exists()


def test_an_agent_changes_neither(territory, client):
    client.force_login(territory.agent)
    assert (look(client).status_code, logo(client, picture()).status_code) == (403, 403)
