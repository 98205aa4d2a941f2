"""A browser that was left somewhere closes by itself; at the desk, staff prove each day that it is still them."""

import time
from datetime import timedelta

import pytest
from account_visits import Visitor, code_in
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from democratic.people.actions import forget_old_sessions
from democratic.people.models import Session
from democratic.people.queries import sessions_of
from democratic.thread.actions import give_role
from democratic.thread.models import Authority, Role
from democratic.web.authorities import KEPT
from democratic.web.desk import access
from factories import PASSWORD, signed_in_at, staff_account, totp_code

HOUR = 3600
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ORDER = "/bureau/commandes/nouvelle"


def left_for(days):
    Session.objects.update(used_on=F("used_on") - timedelta(days=days))


@pytest.mark.parametrize(("days", "status"), [(0, 200), (1, 200), (7, 200), (8, 302), (13, 302)])
def test_a_browser_that_was_not_used_for_a_week_is_signed_out(signed_in, days, status):
    left_for(days)
    signed_in.get("/compte", status=status)


def test_one_that_is_used_each_week_goes_on_until_its_two_weeks_are_over(signed_in):
    for _visit in range(3):
        left_for(5)
        signed_in.get("/compte")
    Session.objects.update(expire_date=F("expire_date") - timedelta(days=14))
    signed_in.get("/compte", status=302)


def test_it_is_gone_from_the_list_of_devices_and_its_row_at_the_next_tidying(signed_in, known):
    Client().force_login(known)
    assert len(sessions_of(known)) == 2
    left_for(8)
    assert sessions_of(known) == []
    Client().force_login(known)
    assert (forget_old_sessions(), Session.objects.count()) == (2, 1)


@pytest.fixture
def nathalie(territory):
    visitor = Visitor(Client())
    visitor.client.force_login(territory.agent)
    return visitor


@pytest.fixture
def since(nathalie, territory):
    """Nathalie, at her desk, whose last proof is that many hours old."""

    def made(hours):
        signed_in_at(nathalie.client, territory.agent, time.time() - hours * HOUR)
        return nathalie

    return made


@pytest.mark.parametrize("path", ["/bureau", ORDER, "/bureau/concertations/bouger", "/bureau/services"])
def test_after_twelve_hours_the_desk_asks_who_is_there(since, path):
    since(11.9).get(path)
    led = since(12).client.get(path)
    assert led.url == f"/compte/confirmer?next={path.replace('/', '%2F')}"
    assert "Le bureau le demande une fois par jour de travail." in since(12).get(led.url)


def test_in_english_too(since):
    led = since(12).client.get("/en/bureau")
    assert led.url == "/en/compte/confirmer?next=%2Fen%2Fbureau"
    assert "The desk asks" in since(12).get(led.url)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/compte/confirmer", {"password": PASSWORD}),
        ("/compte/confirmer/second-facteur", {"code": ""}),
    ],
)
def test_her_password_or_her_application_opens_it_where_she_was_going(since, path, fields):
    given = fields if "password" in fields else {"code": totp_code()}
    proved = since(30).send(path, next="/bureau/services", **given)
    assert proved.url == "/bureau/services"
    since(0).get("/bureau/services")


def test_who_signs_in_by_a_service_or_a_code_proves_it_by_a_code(territory, mailoutbox, settings):
    """An account without password; its second factor was asked by the service that opened it."""
    settings.STAFF_FACTOR = "advised"
    account = staff_account("dominique@val-orbe.example", "Dominique", password=None)
    account.authenticator_set.all().delete()
    give_role(person=account.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock)
    visitor = Visitor(Client())
    visitor.client.force_login(account)
    signed_in_at(visitor.client, account, time.time() - 13 * HOUR)
    led = visitor.client.get("/bureau", follow=True)
    assert led.redirect_chain[-1][0] == "/compte/confirmer/code?next=%2Fbureau"
    visitor.send("/compte/confirmer/code", next="/bureau")
    proved = visitor.send("/compte/confirmer/code", code=code_in(mailoutbox[-1]), next="/bureau")
    assert proved.url == "/bureau"
    visitor.get("/bureau")


def test_a_session_without_any_proof_is_asked_as_well(nathalie):
    session = nathalie.client.session
    del session["account_authentication_methods"]
    session.save()
    assert "/compte/confirmer" in nathalie.client.get("/bureau").url


def test_a_form_that_was_open_by_then_may_be_sent_for_an_hour(since):
    answer = since(12.9).send(ORDER, title="")
    assert answer.status_code == 400  # read, and its fields told


def test_past_that_nothing_is_sent_and_she_goes_back_to_its_page(since, nathalie):
    since(13)
    page = "http://testserver/bureau/concertations/bouger?onglet=2"
    refused = nathalie.client.post(ORDER, {"title": "Un ordre"}, HTTP_REFERER=page, **HERE)
    assert refused.url == "/compte/confirmer?next=%2Fbureau%2Fconcertations%2Fbouger%3Fonglet%3D2"
    assert "Rien n’est envoyé" in nathalie.get(refused.url)


@pytest.mark.parametrize("page", ["https://piege.example/bureau", "//piege.example", "", "nonsense"])
def test_a_page_of_elsewhere_is_not_gone_back_to(since, nathalie, page):
    since(13)
    refused = nathalie.client.post(ORDER, {"title": "Un ordre"}, HTTP_REFERER=page, **HERE)
    assert refused.url == f"/compte/confirmer?next={ORDER.replace('/', '%2F')}"


def test_who_has_no_role_is_never_asked(signed_in, known):
    signed_in_at(signed_in.client, known, time.time() - 200 * HOUR)
    for path in ("/", "/compte", "/suivis", "/participer"):
        signed_in.get(path)
    signed_in.get("/bureau", status=403)


def test_on_a_demonstration_it_is_asked_too_as_each_page_that_enters_shows_the_password(since):
    Authority.objects.update(is_demo=True)
    KEPT.forget()
    assert "/compte/confirmer" in since(13).client.get("/bureau").url


@pytest.mark.parametrize("path", ["/bureau", "/bureau/services"])
def test_it_asks_the_database_nothing_more(since, monkeypatch, path):
    nathalie = since(1)
    nathalie.get(path)
    asked = []
    for guard in (access.is_proof_of_another_day, lambda _request: False):
        monkeypatch.setattr(access, "is_proof_of_another_day", guard)
        with CaptureQueriesContext(connection) as queries:
            nathalie.get(path)
        asked.append(len(queries))
    assert asked[0] == asked[1]
