"""An administrator invites, sees what became of it, and ends roles: each link serves once, for seven days."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from democratic.communities.invitations.actions import forget_old_invitations, invite_to_role
from democratic.communities.models import Invitation
from democratic.kernel.clock import FixedClock
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.people.models import Account
from democratic.stewardship.actions import StillOwing, leave
from democratic.thread.actions import give_role
from democratic.thread.models import Entry, Grant, Role
from factories import NOW, PASSWORD, staff_account, verified_account

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
KARIM = "karim@val-orbe.example"


@pytest.fixture
def at(monkeypatch):
    def moved(moment):
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))

    moved(NOW)
    return moved


@pytest.fixture
def dominique(territory, at):
    account = staff_account("admin@val-orbe.example", "Dominique")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client()
    client.force_login(account)
    client.account = account
    return client


def invite(client, email=KARIM, role="agent", **more):
    return client.post(
        "/bureau/invitations/nouvelle", {"email": email, "role": role, "language": "fr", **more}, **HERE
    )


def link_of(message):
    return re.search(r"/invitation/[0-9A-Z-]+", message.body)[0]


@pytest.fixture
def invited(dominique):
    """Karim's link, as it reached his mail."""
    assert invite(dominique).url == "/bureau/invitations"
    deliver()
    return link_of(mail.outbox[-1])


@pytest.fixture
def karim(territory):
    client = Client()
    client.force_login(verified_account(KARIM, "Karim"))
    return client


def grants_of(email):
    return list(Grant.objects.filter(person__account__email=email, until=None).values_list("role", "process"))


def test_the_mail_holds_a_link_that_the_database_does_not(dominique, invited):
    secret = invited.rsplit("/", 1)[1]
    assert len(secret.replace("-", "")) == 15  # of 24 signs: 68 bits
    assert secret not in str(list(Invitation.objects.values()))
    sent = OutgoingMessage.objects.get(purpose="invitation")
    assert (sent.state, sent.body) == ("sent", "")
    assert mail.outbox[-1].to == [KARIM]


def test_who_is_invited_accepts_once_signed_in_by_a_post_alone(territory, invited, karim):
    page = karim.get(invited)
    assert "J’accepte ce rôle" in page.content.decode()
    assert grants_of(KARIM) == []
    assert karim.post(invited, **HERE).url == "/bureau"
    assert grants_of(KARIM) == [("agent", None)]
    assert karim.get(invited).status_code == karim.post(invited, **HERE).status_code == 404


def test_a_role_over_one_consultation_is_that_one_alone(territory, dominique, karim):
    invite(dominique, process=str(territory.process.record_id))
    deliver()
    karim.post(link_of(mail.outbox[-1]), **HERE)
    assert grants_of(KARIM) == [("agent", territory.process.record_id)]


def test_nobody_administers_one_consultation_alone(territory, dominique):
    refused = invite(dominique, role="administrator", process=str(territory.process.record_id))
    assert "porte sur toute la collectivité" in refused.content.decode()


def test_a_stranger_reads_where_to_sign_in_and_another_account_is_told_so(territory, invited, client):
    assert f"/connexion?next={invited}" in client.get(invited).content.decode()
    assert client.post(invited, **HERE).url == f"/connexion?next={invited}"
    client.force_login(territory.citizen)
    assert "Sortez-en" in client.get(invited).content.decode()
    assert "pour une autre adresse" in client.post(invited, **HERE).content.decode()
    assert Grant.objects.filter(person=territory.citizen.person).count() == 0


def test_who_has_no_account_opens_one_with_that_address_and_comes_back(invited, client):
    client.post("/compte/creer", {"is_15": "on", "email": KARIM, "next": invited}, **HERE)
    code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]
    led = client.post("/compte/adresse", {"code": code, "next": invited}, **HERE)
    assert led.url == invited
    assert client.post(invited, **HERE).url == "/bureau"


def test_it_expires_after_seven_days(invited, karim, at):
    at(NOW + timedelta(days=6, hours=23))
    assert karim.get(invited).status_code == 200
    at(NOW + timedelta(days=7))
    assert karim.get(invited).status_code == karim.post(invited, **HERE).status_code == 404
    assert grants_of(KARIM) == []


def test_no_reset_and_no_confirmation_brings_an_expired_one_back(invited, client, at):
    verified_account(KARIM, "Karim")
    at(NOW + timedelta(days=8))
    client.post("/compte/mot-de-passe/oublie", {"email": KARIM}, **HERE)
    path = re.search(r"https?://[^/\s]+(/\S+/cle/\S+)", mail.outbox[-1].body)[1]
    opened = client.get(path)
    client.post(opened.url, {"password1": "autre phrase longue", "password2": "autre phrase longue"}, **HERE)
    client.post("/connexion", {"login": KARIM, "password": "autre phrase longue"}, **HERE)
    assert client.get("/compte").status_code == 200
    assert client.post(invited, **HERE).status_code == 404
    assert Invitation.objects.get().expires_at == NOW + timedelta(days=7)
    assert grants_of(KARIM) == []


def test_an_unproved_address_takes_no_role(invited, client):
    client.post("/compte/creer", {"is_15": "on", "email": KARIM, "password1": PASSWORD}, **HERE)
    client.post("/connexion", {"login": KARIM, "password": PASSWORD}, **HERE)
    assert "/connexion" in client.post(invited, **HERE).url
    assert Grant.objects.filter(role=Role.AGENT).count() == 1  # the territory's own


def test_a_new_invitation_ends_the_one_before(dominique, invited, karim):
    invite(dominique)
    assert karim.get(invited).status_code == 404
    assert Invitation.objects.filter(withdrawn_at=None).count() == 1


def test_a_withdrawn_one_opens_nothing(dominique, invited, karim):
    page = f"/bureau/invitations/{Invitation.objects.get().pk}/retirer"
    assert dominique.post(page, **HERE).url == "/bureau/invitations"
    assert karim.get(invited).status_code == 404
    assert "n’attend plus personne" in dominique.post(page, follow=True, **HERE).content.decode()


def test_the_list_says_what_became_of_each(dominique, invited, karim, at):
    karim.post(invited, **HERE)
    invite(dominique, email="b@val-orbe.example")
    invite(dominique, email="c@val-orbe.example")
    last = Invitation.objects.get(email="c@val-orbe.example")
    dominique.post(f"/bureau/invitations/{last.pk}/retirer", **HERE)
    page = dominique.get("/bureau/invitations").content.decode()
    for state in ("Acceptée le 1er mars 2026", "En attente jusqu’au 8 mars 2026", "Retirée le 1er mars 2026"):
        assert state in page
    at(NOW + timedelta(days=9))
    assert "Expirée depuis le 8 mars 2026" in dominique.get("/bureau/invitations").content.decode()


def test_without_any_the_list_says_how_one_enters(dominique):
    assert "Aucune invitation" in dominique.get("/bureau/invitations").content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("/bureau/invitations", 6), ("/bureau/personnes", 7)])
def test_the_lists_ask_a_fixed_number_of_questions(
    territory, dominique, page, queries, count, django_assert_num_queries
):
    for n in range(count):
        email = f"n{n}@val-orbe.example"
        account = verified_account(email, f"N{n}", password=None)
        give_role(
            person=account.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock
        )
        invite_to_role(
            authority=territory.authority, email=email, role=Role.AGENT, by=None, clock=territory.clock
        )
    dominique.get(page)
    with django_assert_num_queries(queries):
        dominique.get(page)


def test_long_lists_are_paged(territory, dominique, monkeypatch):
    for module in ("people", "invitations"):
        monkeypatch.setattr(f"democratic.web.desk.views.{module}.PAGE", 2)
    for n in range(3):
        invite(dominique, email=f"n{n}@val-orbe.example")
    assert "?page=2" in dominique.get("/bureau/invitations").content.decode()
    assert "?page=2" in dominique.get("/bureau/personnes").content.decode()
    assert dominique.get("/bureau/personnes?page=9").status_code == 404


def test_they_are_forgotten_after_ninety_days(territory):
    for years, email in ((-1, "ancienne@val-orbe.example"), (60, "recente@val-orbe.example")):
        clock = FixedClock(NOW.replace(year=NOW.year + years))
        invite_to_role(authority=territory.authority, email=email, role=Role.AGENT, by=None, clock=clock)
    assert forget_old_invitations() == 1
    assert Invitation.objects.get().email == "recente@val-orbe.example"


class TestEndingARole:
    def end(self, client, account, role):
        grant = Grant.objects.get(person=account.person, role=role, until=None)
        return client.post(f"/bureau/roles/{grant.pk}/terminer", **HERE)

    def test_it_opens_nothing_from_the_next_request(self, territory, dominique, karim):
        account = Account.objects.get(email=KARIM)
        give_role(
            person=account.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock
        )
        assert self.end(dominique, account, Role.AGENT).url == "/bureau/personnes"
        assert karim.get("/bureau").status_code == 403

    def test_who_holds_what_is_owed_hands_it_over_first(self, territory, dominique):
        refused = self.end(dominique, territory.agent, Role.AGENT)
        assert refused.status_code == 409
        assert "remettez-le d’abord" in refused.content.decode()
        official = self.end(dominique, territory.elected, Role.OFFICIAL)
        assert official.status_code == 409

    def test_another_role_at_the_desk_keeps_what_is_held(self, territory, dominique):
        give_role(
            person=territory.agent.person,
            role=Role.ADMINISTRATOR,
            authority=territory.authority,
            clock=territory.clock,
        )
        assert self.end(dominique, territory.agent, Role.AGENT).status_code == 302
        territory.service.refresh_from_db()
        assert territory.service.titular_id == territory.agent.person_id

    def test_the_last_administrator_stays(self, territory, dominique):
        refused = self.end(dominique, dominique.account, Role.ADMINISTRATOR)
        assert "C’est la dernière personne qui administre" in refused.content.decode()
        with pytest.raises(StillOwing):
            leave(account=dominique.account, without_name=False, clock=territory.clock)

    def test_a_suspended_administrator_is_none(self, territory, dominique):
        other = staff_account("autre@val-orbe.example", "Autre")
        give_role(
            person=other.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
        )
        Account.objects.filter(pk=other.pk).update(is_active=False)
        assert self.end(dominique, dominique.account, Role.ADMINISTRATOR).status_code == 409
        Account.objects.filter(pk=other.pk).update(is_active=True)
        assert self.end(dominique, dominique.account, Role.ADMINISTRATOR).status_code == 302

    def test_nothing_of_it_is_told_in_public(self, territory, dominique):
        before = Entry.objects.count()
        invite(dominique)
        self.end(dominique, territory.elected, Role.OFFICIAL)
        assert Entry.objects.count() == before


class TestALostSecondFactor:
    def page(self, territory):
        return f"/bureau/personnes/{territory.agent.person_id}/second-facteur"

    def test_an_administrator_takes_it_away_and_all_her_devices_with_it(self, territory, dominique, client):
        client.force_login(territory.agent)
        assert client.get("/bureau").status_code == 200
        assert "de vive voix" in dominique.get(self.page(territory)).content.decode()
        assert dominique.post(self.page(territory), **HERE).url == "/bureau/personnes"
        assert client.get("/compte").status_code == 302
        client.force_login(territory.agent)
        assert "/compte/securite/exigee" in client.get("/bureau").url
        assert "pas de second facteur" in dominique.get("/bureau/personnes").content.decode()

    def test_never_one_s_own(self, territory, dominique):
        own = f"/bureau/personnes/{dominique.account.person_id}/second-facteur"
        assert "page de votre compte" in dominique.post(own, **HERE).content.decode()

    def test_never_of_someone_without_a_role_here(self, territory, dominique):
        assert (
            dominique.get(f"/bureau/personnes/{territory.citizen.person_id}/second-facteur").status_code
            == 404
        )
