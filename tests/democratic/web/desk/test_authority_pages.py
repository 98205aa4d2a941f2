"""An administrator says who the authority is; the public pages say it after."""

import pytest
from django.test import Client

from democratic.communities.models import Controller
from democratic.thread.actions import give_role
from democratic.thread.models import Authority, Role
from democratic.web import authorities
from factories import staff_account

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
DECLARED = {
    "legal_name": "Département du Val-d’Orbe", "siret": "732 829 320 00074",
    "postal_address": "1 place du Marché\n00000 Vaubrun", "phone": "01 02 03 04 05", "email": "accueil@val-orbe.example",
    "publication_director": "Odile Vasseur-Thiry, présidente", "hosting": "La régie\n2 rue du Quai",
    "officer": "Ada Roche", "officer_email": "dpd@val-orbe.example",
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


def text(client, path):
    authorities.KEPT.forget()  # what five seconds would do
    return client.get(path).content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def send(client, path, body, status=302):
    answer = client.post(path, body, **HERE)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


def test_what_is_missing_is_said_of_each_page(administrator):
    page = text(administrator, "/bureau/collectivite/legal")
    assert ("qui dirige la publication" in page, "son adresse e-mail" in page) == (True, True)
    assert "Fil : vert profond" in text(administrator, "/bureau/collectivite")
    send(administrator, "/bureau/collectivite/mentions", DECLARED)
    page = text(administrator, "/bureau/collectivite/legal")
    assert (page.count("Rien ne manque."), "Il manque" in page) == (3, False)


def test_the_legal_pages_say_what_was_declared(administrator, client):
    send(administrator, "/bureau/collectivite/mentions", DECLARED)
    legal = text(client, "/mentions-legales")
    for said in (
        "Département du Val-d’Orbe",
        "73282932000074",
        "Odile Vasseur-Thiry, présidente",
        "2 rue du Quai",
        "01 02 03 04 05",
    ):
        assert said in legal
    assert "dpd@val-orbe.example" in text(client, "/donnees-personnelles")


def test_the_declaration_of_accessibility_is_made_of_the_audit(administrator, client):
    said = {
        "state": "partial", "rate": "62", "audited_on": "2026-02-01", "audited_by": "Cabinet Clair",
        "gaps": "Des PDF sans titres.\nUne vidéo sans sous-titres.", "contact_email": "acces@val-orbe.example",
        "plan_url": "https://val-orbe.example/schema",
    }  # fmt: skip
    refused = send(
        administrator, "/bureau/accessibilite/nouvelle", said | {"state": "total", "audited_by": ""}, 400
    )
    assert "Un audit a un taux, un jour et un nom" in refused.content.decode()
    assert "Accessibilité : non conforme" in text(client, "/")
    send(administrator, "/bureau/accessibilite/nouvelle", said)
    page = text(client, "/accessibilite")
    for told in (
        "Accessibilité : partiellement conforme", "62 %", "Cabinet Clair", "<li>Des PDF sans titres.</li>",
        "acces@val-orbe.example", "https://val-orbe.example/schema", "Défenseur des droits",
    ):  # fmt: skip
        assert told in page
    assert "Accessibilité : partiellement conforme" in text(client, "/")
    assert "Accessibility: partially compliant" in text(client, "/en/")
    assert "Cabinet Clair" in text(administrator, "/bureau/accessibilite")


def test_without_an_audit_the_site_says_that_it_does_not_comply(territory, client):
    assert "Accessibilité : non conforme" in text(client, "/")
    assert "Aucun audit" in text(client, "/accessibilite")


def test_a_wrong_declaration_loses_nothing(administrator):
    page = send(
        administrator, "/bureau/collectivite/mentions", DECLARED | {"siret": "12"}, 400
    ).content.decode()
    assert ("n’est pas juste" in page, "Odile Vasseur-Thiry" in page) == (True, True)
    assert not Controller.objects.exists()


def test_the_colour_is_on_every_page_and_its_sheet_is_kept_for_good(administrator, client):
    send(administrator, "/bureau/collectivite/apparence", {"identity": "prune", "accent": "#5b2a4f"})
    assert 'href="/apparence/5b2a4f.css"' in text(client, "/participer")
    sheet = client.get("/apparence/5b2a4f.css")
    assert sheet.content.decode() == "@layer tokens{:root{--authority:#5b2a4f}}\n"
    assert "immutable" in sheet["Cache-Control"]
    for wrong in ("5b2a4", "zzzzzz", "5b2a4f}body{display:none"):
        assert client.get(f"/apparence/{wrong}.css").status_code == 404


def test_an_identity_of_the_product_is_named_on_the_page(administrator, client):
    send(administrator, "/bureau/collectivite/apparence", {"identity": "ardoise", "accent": ""})
    assert 'data-identity="ardoise"' in text(client, "/participer")


def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(administrator):
    page = send(administrator, "/bureau/collectivite/apparence", {"identity": "", "accent": "#ffcc00"}, 400)
    assert "La plus proche qui se lit" in page.content.decode()


def test_languages_and_hours_are_chosen(administrator, client):
    send(administrator, "/bureau/collectivite/langues", {"languages": "fr", "time_zone": "Indian/Reunion"})
    assert "English" not in text(client, "/participer")
    kept = Authority.objects.get()
    assert (kept.languages, kept.time_zone) == ("fr", "Indian/Reunion")


def test_a_zone_that_the_list_does_not_hold_stays_offered(administrator):
    Authority.objects.update(time_zone="Europe/Brussels")
    assert "Europe/Brussels" in text(administrator, "/bureau/collectivite/langues")


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("", 9),
        ("/identite", 8),
        ("/legal", 8),
        ("/territoire", 10),
        ("/messagerie", 8),
        ("/mentions", 8),
        ("/apparence", 7),
        ("/langues", 7),
    ],
)
def test_these_pages_ask_a_fixed_number_of_questions(
    administrator, path, queries, django_assert_max_num_queries
):
    administrator.get("/bureau/collectivite")
    with django_assert_max_num_queries(queries):
        administrator.get(f"/bureau/collectivite{path}")
