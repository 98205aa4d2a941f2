"""An administrator notes who was seen at the desk, and takes it back."""

import pytest
from django.test import Client

from conversations import plain
from democratic.people.models import Verification
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from factories import staff_account, verified_account
from verifying import verified

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
LIST, NOTE = "/bureau/personnes/guichet", "/bureau/personnes/guichet/noter"


@pytest.fixture
def dominique(territory):
    account = staff_account("admin@val-orbe.example", "Dominique")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client()
    client.force_login(account)
    client.account = account
    return client


def note(client, email, **more):
    return client.post(NOTE, {"email": email, "is_seen": "on", **more}, **HERE)


def test_an_empty_list_says_what_it_is_and_whose_turn_it_is(dominique):
    page = plain(dominique.get(LIST))
    assert "Personne n’a encore été vu au guichet" in page
    assert "Vous le notez, devant la personne" in page


def test_a_person_is_noted_with_her_address_and_a_promise_then_listed(dominique, territory):
    assert note(dominique, territory.citizen.email).url == LIST
    noted = Verification.objects.get()
    assert (noted.person, noted.source) == (territory.citizen.person, territory.authority.slug)
    assert territory.citizen.email in plain(dominique.get(LIST))


def test_without_the_promise_nothing_is_noted(dominique, territory):
    refused = note(dominique, territory.citizen.email, is_seen="")
    assert refused.status_code == 400
    assert "sinon, ne notez rien" in plain(refused)
    assert not Verification.objects.exists()


@pytest.mark.parametrize("email", ["personne@nulle-part.example", "x", "a@b\x00.fr", "é" * 400 + "@x.fr"])
def test_what_is_no_account_is_refused_in_words(dominique, email):
    assert note(dominique, email).status_code == 400
    assert not Verification.objects.exists()


def test_nobody_vouches_for_herself(dominique):
    refused = note(dominique, dominique.account.email)
    assert refused.status_code == 400
    assert "Demandez à une autre personne" in plain(refused)


def test_sent_twice_is_noted_once(dominique, territory):
    for _ in range(2):
        note(dominique, territory.citizen.email, key="01890000-0000-7000-8000-000000000001")
    assert Verification.objects.count() == 1


def test_it_is_taken_back_by_post_alone_after_it_was_asked(dominique, territory):
    note(dominique, territory.citizen.email)
    path = f"{LIST}/{Verification.objects.get().pk}/reprendre"
    asked = plain(dominique.get(path))
    assert f"Reprendre la vérification de {territory.citizen.email}" in asked
    assert Verification.objects.exists()
    assert dominique.post(path, **HERE).url == LIST
    assert not Verification.objects.exists()
    assert dominique.post(path, **HERE).status_code == 404


def test_what_another_authority_noted_is_not_there(dominique):
    elsewhere = verified(verified_account("ines@val-orbe.example", "Inès", password=None).person)
    noted = Verification.objects.get(person=elsewhere)
    assert "ines@val-orbe.example" not in plain(dominique.get(LIST))
    assert dominique.post(f"{LIST}/{noted.pk}/reprendre", **HERE).status_code == 404
    assert Verification.objects.filter(pk=noted.pk).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(dominique, territory, count, django_assert_num_queries):
    for n in range(count):
        note(dominique, verified_account(f"n{n}@val-orbe.example", f"N{n}", password=None).email)
    dominique.get(LIST)
    with django_assert_num_queries(6):
        page = dominique.get(LIST)
    assert plain(page).count("Reprendre") == count
