"""Closing one's account from its page: said first, done by a POST alone, refused with a list."""

import pytest
from account_visits import Visitor
from allauth.account.models import EmailAddress
from django.test import Client

from democratic.people.models import Account, Person
from democratic.thread.actions import give_role
from democratic.thread.models import Authority, Entry, Role
from democratic.web.authorities import KEPT
from factories import build_territory, verified_account

PAGE = "/compte/fermer"


@pytest.fixture
def at_work(territory):
    """Nathalie, titular of the service that owes the answer."""
    nathalie = Visitor(Client())
    nathalie.client.force_login(territory.agent)
    return nathalie


def test_the_page_says_what_goes_and_what_stays_and_closes_nothing(signed_in, known):
    assert PAGE in signed_in.get("/compte")
    words = signed_in.get(PAGE)
    for said in ("Il ne se rouvre pas", "Ce qui est effacé", "Ce qui reste", "Vos soutiens restent comptés"):
        assert said in words
    assert Account.objects.filter(pk=known.pk).exists()


def test_it_closes_once_she_is_sure_on_all_her_devices(territory, signed_in, known, visitor):
    elsewhere = visitor()
    elsewhere.client.force_login(known)
    idea = territory.say(author=known.person, byline="Gabriel").idea.record
    unsure = signed_in.send(PAGE)
    assert unsure.status_code == 400
    assert "Cochez cette case" in unsure.content.decode()
    assert signed_in.send(PAGE, sure="on", without_name="on").url == "/"
    assert not Account.objects.filter(pk=known.pk).exists()
    assert not EmailAddress.objects.filter(email__iexact=known.email).exists()
    for browser in (signed_in, elsewhere):
        browser.get("/compte", status=302)
    idea.refresh_from_db()
    assert (idea.byline, Person.objects.get(pk=known.person_id).name) == ("", "")
    assert "Votre compte est fermé" in signed_in.get("/")


def test_with_dues_she_is_told_which_and_where_to_hand_them_over(territory, at_work):
    words = at_work.get(PAGE)
    assert "Service jeunesse</b> : 2 échéances ouvertes" in words
    assert 'href="/bureau/services"' in words
    assert 'name="sure"' not in words
    refused = at_work.send(PAGE, sure="on")
    assert refused.status_code == 409
    assert Account.objects.filter(pk=territory.agent.pk).exists()


def test_handed_over_at_the_desk_her_dues_let_her_leave(territory, at_work):
    karim = verified_account("karim@val-orbe.example", "Karim", password=None)
    give_role(person=karim.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock)
    page = f"/bureau/services/{territory.service.pk}"
    assert at_work.send(page, titular=str(karim.person_id), deputy="").url == "/bureau/services"
    listed = at_work.get("/bureau/services")
    assert "Titulaire : Karim" in listed
    assert "2 échéances ouvertes" in listed
    assert at_work.send(PAGE, sure="on").url == "/"
    assert not Account.objects.filter(pk=territory.agent.pk).exists()
    assert "Karim" not in str(list(Entry.objects.filter(kind="service_handed_over").values()))


def test_an_official_is_told_of_the_answers_that_she_must_sign(territory, visitor):
    odile = visitor()
    odile.client.force_login(territory.elected)
    words = odile.get(PAGE)
    assert "Odile Vasseur-Thiry, vice-présidente, jeunesse et mobilités</b> : 1 réponse à signer" in words
    assert "Demandez-le à un agent" in words


def test_what_another_authority_holds_is_not_found(territory, at_work):
    other = build_territory(slug="voisin", host="voisin.example")
    at_work.get(f"/bureau/services/{other.service.pk}", status=404)
    at_work.get(f"/bureau/elus/{other.official.pk}", status=404)


def test_what_is_everybodys_on_a_demonstration_closes_for_nobody(territory, signed_in, known):
    Authority.objects.update(is_demo=True)
    KEPT.forget()
    Account.objects.filter(pk=known.pk).update(email="gabriel@valdorbe.example")
    refused = signed_in.send(PAGE, sure="on")
    assert refused.status_code == 400
    assert "est à tout le monde" in refused.content.decode()
    assert Account.objects.filter(pk=known.pk).exists()
