"""Helping someone at the desk: a banner on every page, nothing that changes, and she reads why."""

import re
import time
from datetime import timedelta

import pytest
from django.test import Client

from democratic.kernel.clock import FixedClock
from democratic.stewardship.models import SupportVisit
from democratic.thread.actions import follow, give_role
from democratic.thread.models import Follow, Role
from factories import signed_in_at, staff_account

PAGE, WHY = "/bureau/aide", "Elle ne retrouve pas sa parole."
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
BANNER = "Vous voyez la page de Gabriel pour l’aider."


@pytest.fixture
def helper(territory):
    """An administrator who signs in by code, and so has no password to type again."""
    account = staff_account("dominique@val-orbe.example", "Dominique", password=None)
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    follow(record=territory.process.record, person=territory.citizen.person)
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def helping(helper, territory):
    response = helper.post(PAGE, {"email": territory.citizen.email, "reason": WHY}, **HERE)
    assert (response.status_code, response.url) == (302, "/compte")
    return helper


def words(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


@pytest.mark.parametrize(
    "path", ["/compte", "/suivis", "/", "/concertations/bouger", "/compte/donnees", "/en/compte"]
)
def test_her_pages_are_shown_under_a_banner_on_every_one(helping, path):
    said = words(helping, path)
    assert (BANNER in said) or ("Gabriel" in said and path.startswith("/en"))
    assert 'action="/aide/quitter"' in said or 'action="/en/aide/quitter"' in said


@pytest.mark.parametrize(
    "path",
    ["/suivis", "/compte/fermer", "/compte/effacer", "/compte/donnees", "/compte/accords",
     "/compte/mot-de-passe", "/compte/adresses", "/concertations/bouger/dire", "/bureau/aide"],
)  # fmt: skip
def test_nothing_is_done_in_her_name(helping, territory, path):
    refused = helping.post(path, {"acte": "tout", "what": "all", "sure": "on"}, **HERE)
    assert refused.status_code == 403
    assert "rien n’y change" in refused.content.decode()
    assert Follow.objects.filter(person=territory.citizen.person).exists()


def test_her_desk_is_not_the_helpers(helping):
    assert helping.get("/bureau").status_code == 403


def test_it_ends_when_the_helper_leaves(helping):
    assert helping.post("/aide/quitter", **HERE).url == PAGE
    said = words(helping, "/compte")
    assert BANNER not in said
    assert "Dominique" in said


def test_it_ends_by_itself_after_a_quarter_of_an_hour(helping, territory, monkeypatch):
    started = SupportVisit.objects.get().started_at
    monkeypatch.setattr(
        "democratic.web.middleware.DATABASE_CLOCK", FixedClock(started + timedelta(minutes=16))
    )
    said = words(helping, "/compte")
    assert BANNER not in said
    assert "Dominique" in said


def test_signing_out_signs_the_helper_out(helping):
    helping.post("/deconnexion", **HERE)
    assert helping.get("/compte").status_code == 302


def test_the_person_reads_when_and_why_her_account_was_opened(helping, territory):
    gabriel = Client()
    gabriel.force_login(territory.citizen)
    said = words(gabriel, "/compte")
    assert "Qui a ouvert votre compte" in said
    assert f"« {WHY} »" in said


def test_the_desk_lists_what_was_opened_and_by_whom(helping):
    helping.post("/aide/quitter", **HERE)
    said = words(helping, PAGE)
    assert WHY in said
    assert "Dominique" in said


@pytest.mark.parametrize("visits", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(helper, territory, visits, django_assert_num_queries):
    for _ in range(visits):
        helper.post(PAGE, {"email": territory.citizen.email, "reason": WHY}, **HERE)
        helper.post("/aide/quitter", **HERE)
    words(helper, PAGE)
    with django_assert_num_queries(5):
        words(helper, PAGE)


def test_an_agent_who_is_no_administrator_helps_nobody_this_way(territory):
    nathalie = Client()
    nathalie.force_login(territory.agent)
    assert nathalie.post(PAGE, {"email": territory.citizen.email, "reason": WHY}, **HERE).status_code in (
        302,
        403,
    )
    assert not SupportVisit.objects.exists()


def test_an_administrator_with_a_password_types_it_again_first(territory):
    give_role(
        person=territory.agent.person, role=Role.ADMINISTRATOR, authority=territory.authority,
        clock=territory.clock,
    )  # fmt: skip
    client = Client()
    client.force_login(territory.agent)
    signed_in_at(client, territory.agent, time.time() - 3600)
    asked = client.post(PAGE, {"email": territory.citizen.email, "reason": WHY}, **HERE)
    assert asked.url.startswith("/compte/confirmer")
    assert not SupportVisit.objects.exists()


def test_a_refusal_is_said_beside_its_field_and_nothing_opens(helper):
    refused = helper.post(PAGE, {"email": "personne@example.org", "reason": WHY}, **HERE)
    assert refused.status_code == 400
    assert "Aucun compte qui a pris part ici" in refused.content.decode()
    assert helper.post(PAGE, {"email": "x", "reason": ""}, **HERE).status_code == 400
