"""What ends a session ends it at the very next request, in each of her browsers: nothing is kept open meanwhile."""

import pytest
from account_visits import code_in
from django.test import Client

from democratic.communities.models import Service
from democratic.communities.provisioning.actions import make_provisioning_token
from democratic.people.models import Account, Session
from democratic.thread.actions import give_role
from democratic.thread.models import Grant, Role
from factories import PASSWORD, staff_account

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ANOTHER = "une autre phrase assez longue"


@pytest.fixture
def browsers(territory):
    """Two of the agent's, both at the desk."""
    both = [Client(), Client()]
    for each in both:
        each.force_login(territory.agent)
        assert each.get("/bureau").status_code == 200
    return both


@pytest.fixture
def administrator(territory):
    account = staff_account("dominique@val-orbe.example", "Dominique")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client()
    client.force_login(account)
    return client


def suspended(territory, _browser, _administrator):
    Account.objects.filter(pk=territory.agent.pk).update(is_active=False)


def told_gone_by_the_directory(territory, _browser, _administrator):
    token = make_provisioning_token(authority=territory.authority, clock=territory.clock)
    path, headers = f"/scim/v2/Users/{territory.agent.pk}", {"authorization": f"Bearer {token}"}
    assert Client().delete(path, headers=headers).status_code == 204


def factor_taken_away(territory, _browser, administrator):
    path = f"/bureau/personnes/{territory.agent.person_id}/second-facteur"
    assert administrator.post(path, **HERE).status_code == 302


def password_changed_by_another(territory, _browser, _administrator):
    territory.agent.set_password(ANOTHER)
    territory.agent.save()


@pytest.mark.parametrize(
    "end", [suspended, told_gone_by_the_directory, factor_taken_away, password_changed_by_another]
)
def test_each_of_her_browsers_is_out_at_its_next_request(territory, browsers, administrator, end):
    end(territory, browsers[0], administrator)
    for each in browsers:
        for page in ("/bureau", "/compte"):
            answer = each.get(page)
            assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/connexion")
        sent = each.post("/bureau/commandes/nouvelle", {"title": "Un ordre"}, **HERE)
        assert sent.url.startswith("/connexion")


def test_a_new_password_leaves_the_browser_that_gave_it_and_ends_the_others(territory, browsers):
    given = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    assert browsers[0].post("/compte/mot-de-passe", given, **HERE).status_code == 302
    assert browsers[1].get("/compte").status_code == 302
    assert Account.objects.get(pk=territory.agent.pk).check_password(ANOTHER)


def test_a_role_that_ends_opens_no_door_of_the_desk_at_the_next_request(territory, browsers, administrator):
    Service.objects.update(titular=None)  # what she holds is handed over first
    grant = Grant.objects.get(person=territory.agent.person)
    assert administrator.post(f"/bureau/roles/{grant.pk}/terminer", **HERE).status_code == 302
    assert [each.get("/bureau").status_code for each in browsers] == [403, 403]
    assert [each.get("/compte").status_code for each in browsers] == [200, 200]


def test_who_takes_her_own_application_away_is_led_to_set_one_up_again(territory, browsers):
    assert browsers[0].post("/compte/securite/application/retirer", **HERE).status_code == 302
    assert ["/compte/securite/exigee" in each.get("/bureau").url for each in browsers] == [True, True]


def test_a_session_has_another_key_after_signing_in(client, territory, mailoutbox):
    """A key that someone had put into her browser before opens nothing after."""
    client.post("/connexion/code", {"email": territory.citizen.email}, **HERE)
    before = client.cookies["session"].value
    client.post("/connexion/code/confirmer", {"code": code_in(mailoutbox[0])}, **HERE)
    assert client.get("/compte").status_code == 200
    assert client.cookies["session"].value != before
    assert not Session.objects.filter(pk=before).exists()
