"""Two doors: the desk asks for a second factor, and what destroys asks whether it is still her."""

import time

import pytest
from account_visits import Visitor, code_in
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from democratic.thread.actions import give_role
from democratic.thread.models import Authority, Role
from democratic.web.authorities import KEPT
from factories import PASSWORD, signed_in_at, totp_code, verified_account

LONG_AGO = 16 * 60


@pytest.fixture
def bare(territory):
    """Staff whose account has no second factor: whole authority, and one consultation."""

    def made(role=Role.AGENT, process=None, password=PASSWORD):
        account = verified_account("sam@val-orbe.example", "Sam", password)
        give_role(
            person=account.person,
            role=role,
            authority=territory.authority,
            process=process,
            clock=territory.clock,
        )
        sam = Visitor(Client())
        sam.client.force_login(account)
        sam.account = account
        return sam

    return made


@pytest.mark.parametrize("role", [Role.AGENT, Role.OFFICIAL, Role.ADMINISTRATOR])
def test_staff_without_a_second_factor_are_led_to_set_one_up(bare, role):
    sam = bare(role)
    led = sam.client.get("/bureau")
    assert led.url == "/compte/securite/exigee?next=%2Fbureau"
    words = sam.get(led.url)
    assert "Ajouter une clé d’accès" in words
    assert "Régler une application" in words


def test_a_role_over_one_consultation_demands_it_too(territory, bare):
    sam = bare(process=territory.process.record)
    assert "/compte/securite/exigee" in sam.client.get("/bureau").url
    assert "/compte/securite/exigee" in sam.client.get("/bureau/concertations/bouger").url


def test_a_form_of_the_desk_does_nothing_before(territory, bare):
    sam = bare()
    page = f"/bureau/services/{territory.service.pk}"
    sent = sam.send(page, titular=str(sam.account.person_id), deputy="")
    assert "/compte/securite/exigee" in sent.url
    territory.service.refresh_from_db()
    assert territory.service.titular_id == territory.agent.person_id


def test_recovery_codes_alone_are_no_second_factor(bare):
    sam = bare()
    Authenticator.objects.create(user=sam.account, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert "/compte/securite/exigee" in sam.client.get("/bureau").url


def asked_by(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in asked.captured_queries]


@pytest.mark.parametrize("path", ["/bureau", "/bureau/services", "/bureau/concertations/bouger"])
def test_with_one_the_desk_opens_for_one_query_more(territory, client, settings, path):
    client.force_login(territory.agent)
    client.get(path)
    demanded = asked_by(client, path)
    settings.STAFF_FACTOR = "advised"
    assert len(demanded) == len(asked_by(client, path)) + 1
    assert sum("mfa_authenticator" in sql for sql in demanded) == 1


@pytest.mark.parametrize("path", ["/", "/compte", "/participer"])
def test_who_has_no_role_is_asked_nothing(signed_in, path):
    assert not any("mfa_" in sql for sql in asked_by(signed_in.client, path))


def test_where_it_is_only_advised_the_desk_opens_and_the_page_says_so(bare, settings):
    settings.STAFF_FACTOR = "advised"
    sam = bare()
    sam.get("/bureau")
    assert "un second facteur est vivement conseillé" in sam.get("/compte/securite")


def test_a_demonstration_only_advises_it_and_says_so(bare):
    Authority.objects.update(is_demo=True)
    KEPT.forget()
    sam = bare()
    sam.get("/bureau")
    assert "ce compte est à tout le monde" in sam.get("/compte/securite")


DESTRUCTIVE = (
    "/compte/fermer", "/compte/mot-de-passe", "/compte/adresses", "/compte/securite/application",
    "/compte/securite/cles/ajouter", "/compte/securite/codes",
)  # fmt: skip


@pytest.mark.parametrize("path", DESTRUCTIVE)
def test_after_a_quarter_of_an_hour_she_is_asked_again(signed_in, known, path):
    signed_in_at(signed_in.client, known, time.time() - LONG_AGO)
    for answer in (signed_in.client.get(path), signed_in.send(path, sure="on")):
        assert answer.status_code == 302
        assert answer.url == f"/compte/confirmer?next={path.replace('/', '%2F')}"
    assert known.__class__.objects.filter(pk=known.pk).exists()


def test_the_acts_of_the_desk_that_hand_over_or_take_back_ask_again(territory, client):
    client.force_login(territory.agent)
    signed_in_at(client, territory.agent, time.time() - LONG_AGO)
    pages = [
        f"/bureau/services/{territory.service.pk}",
        f"/bureau/elus/{territory.official.pk}",
        f"/bureau/retirer/{territory.mandate.record.code}",
    ]
    assert ["/compte/confirmer" in client.get(page).url for page in pages] == [True] * 3
    assert client.get("/bureau/services").status_code == 200  # to read asks nothing


def test_her_password_opens_the_door_for_a_quarter_of_an_hour(signed_in, known):
    signed_in_at(signed_in.client, known, time.time() - LONG_AGO)
    proved = signed_in.send("/compte/confirmer", password=PASSWORD, next="/compte/fermer")
    assert proved.url == "/compte/fermer"
    signed_in.get("/compte/fermer")


def test_the_code_of_her_application_opens_it_too(territory):
    nathalie = Visitor(Client())
    nathalie.client.force_login(territory.agent)
    signed_in_at(nathalie.client, territory.agent, time.time() - LONG_AGO)
    assert "Avec un code de votre application" in nathalie.get("/compte/confirmer?next=/compte/fermer")
    wrong = nathalie.send("/compte/confirmer/second-facteur", code="000000", next="/compte/fermer")
    assert "Ce n’est pas le bon code." in wrong.content.decode()
    proved = nathalie.send("/compte/confirmer/second-facteur", code=totp_code(), next="/compte/fermer")
    assert proved.url == "/compte/fermer"


def test_a_code_of_an_application_serves_once(territory, visitor):
    code = totp_code()
    for status in (302, 200):
        nathalie = visitor()
        nathalie.send("/connexion", login=territory.agent.email, password=PASSWORD)
        assert nathalie.send("/connexion/second-facteur", code=code).status_code == status


def test_codes_are_not_guessed(territory, visitor):
    nathalie = visitor()
    nathalie.send("/connexion", login=territory.agent.email, password=PASSWORD)
    tries = [nathalie.send("/connexion/second-facteur", code=f"{n:06}").content.decode() for n in range(6)]
    assert "Trop d’essais" in tries[-1]
    assert "Trop d’essais" not in tries[-2]
    right = nathalie.send("/connexion/second-facteur", code=totp_code())
    assert right.status_code == 200


class TestWhoHasNeitherPasswordNorFactor:
    @pytest.fixture
    def gabriel(self, signed_in, known):
        known.set_unusable_password()
        known.save()
        signed_in.client.force_login(known)
        signed_in_at(signed_in.client, known, time.time() - LONG_AGO)
        return signed_in

    def test_she_proves_it_by_a_code_at_her_address(self, gabriel, known, mailoutbox):
        led = gabriel.client.get("/compte/fermer", follow=True)
        assert led.redirect_chain[-1][0] == "/compte/confirmer/code?next=%2Fcompte%2Ffermer"
        assert known.email in led.content.decode()
        asked = gabriel.send("/compte/confirmer/code", next="/compte/fermer")
        assert 'name="code"' in gabriel.get(asked.url)
        assert mailoutbox[0].subject == "Votre code pour confirmer que c’est vous"
        proved = gabriel.send("/compte/confirmer/code", code=code_in(mailoutbox[0]), next="/compte/fermer")
        assert proved.url == "/compte/fermer"
        gabriel.get("/compte/fermer")

    def test_a_code_serves_once_and_three_wrong_ones_end_it(self, gabriel, mailoutbox):
        gabriel.send("/compte/confirmer/code")
        for _ in range(3):
            assert gabriel.send("/compte/confirmer/code", code="0000-0000").status_code == 400
        assert gabriel.send("/compte/confirmer/code", code=code_in(mailoutbox[0])).status_code == 400

    def test_it_is_sent_three_times_in_ten_minutes_at_most(self, gabriel, mailoutbox):
        for _ in range(4):
            gabriel.send("/compte/confirmer/code")
        assert len(mailoutbox) == 3
        assert "Trop d’essais" in gabriel.get("/compte/confirmer/code")

    def test_it_leads_to_no_other_site(self, gabriel, mailoutbox):
        gabriel.send("/compte/confirmer/code")
        code = code_in(mailoutbox[0])
        assert (
            gabriel.send("/compte/confirmer/code", code=code, next="https://ailleurs.example/").url
            == "/compte"
        )


def test_who_has_a_password_proves_it_with_that(signed_in):
    assert signed_in.client.get("/compte/confirmer/code").url == "/compte/confirmer"


def test_the_key_of_an_application_is_sealed_in_the_database(territory):
    stored = Authenticator.objects.get(user=territory.agent, type="totp").data["secret"]
    assert "JBSWY3DP" not in stored
