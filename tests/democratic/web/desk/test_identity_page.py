"""Who the authority is, said by its administrator, shown on its pages; a wrong SIRET says which part is wrong."""

import pytest
from django.test import Client

from democratic.communities.models import Controller
from democratic.thread.actions import give_role
from democratic.thread.models import Authority, Entry, Role
from democratic.web import authorities
from factories import staff_account

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PATH = "/bureau/collectivite/identite"
SAID = {
    "name": "Val-d’Orbe", "kind_label": "Département", "legal_name": "Département du Val-d’Orbe",
    "siret": "732 829 320 00074", "postal_address": "1 place du Marché\n00000 Vaubrun",
    "phone": "01 02 03 04 05", "email": "accueil@val-orbe.example",
    "publication_director": "Odile Vasseur-Thiry, présidente",
}  # fmt: skip


@pytest.fixture
def administrator(territory):
    account = staff_account("admin@val-orbe.example", "Max")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client()
    client.force_login(account)
    return client


def send(client, path=PATH, **changed):
    return client.post(path, SAID | changed, **HERE)


def page_of(answer):
    return answer.content.decode().replace("\u00a0", " ")


def test_what_is_said_heads_each_page_and_fills_the_legal_ones(administrator, client):
    assert send(administrator, name="Le Val-d’Orbe").status_code == 302
    authorities.KEPT.forget()
    legal = page_of(client.get("/mentions-legales"))
    for said in ("Le Val-d’Orbe", "73282932000074", "1 place du Marché", "Odile Vasseur-Thiry, présidente"):
        assert said in legal


def test_what_is_said_of_the_rest_stays(administrator, territory):
    Controller.objects.create(
        authority=territory.authority, legal_name="X", hosting="La régie", officer="Ada", accessibility_rate=62,
        audited_on="2026-02-01",
    )  # fmt: skip
    send(administrator)
    kept = Controller.objects.get()
    assert (kept.hosting, kept.officer, kept.accessibility_rate) == ("La régie", "Ada", 62)


def test_it_is_in_the_journal_without_a_word(administrator):
    send(administrator)
    told = Entry.objects.get(kind="authority_described")
    assert (told.data, told.commitments) == ({"part": "identity"}, {})


@pytest.mark.parametrize(
    ("siret", "said"),
    [
        ("73282932000075", "732 829 320 va bien, vérifiez les cinq derniers chiffres, 00075"),
        ("73282932100074", "vérifiez ses neuf premiers chiffres, 732 829 321"),
        ("732 829 320", "il a 9 chiffres, il en faut quatorze"),
        ("7328293200007O", "« O » n’est pas un chiffre"),
        ("<script>", "« &lt; » n’est pas un chiffre"),
    ],
)
def test_a_siret_that_fails_says_which_part_and_nothing_is_lost(administrator, siret, said):
    answer = send(administrator, siret=siret)
    assert (answer.status_code, said in page_of(answer)) == (400, True)
    assert "Odile Vasseur-Thiry, présidente" in page_of(answer)
    assert not Controller.objects.exists()


@pytest.mark.parametrize("field", ["name", "kind_label", "legal_name"])
def test_without_a_name_nothing_is_kept(administrator, field):
    assert send(administrator, **{field: "\u200e"}).status_code == 400
    assert not Controller.objects.exists()


def test_who_comes_from_the_steps_goes_back_there(administrator):
    assert send(administrator, f"{PATH}?depuis=demarrer")["Location"] == "/bureau/demarrer"
    assert send(administrator)["Location"] == "/bureau/collectivite"


def test_said_again_it_changes_nothing_that_was_said(administrator):
    send(administrator)
    before = (Authority.objects.values().get(), Controller.objects.values().get())
    send(administrator)
    assert (Authority.objects.values().get(), Controller.objects.values().get()) == before


def test_an_agent_does_not_say_it(territory, client):
    client.force_login(territory.agent)
    assert send(client).status_code == 403
