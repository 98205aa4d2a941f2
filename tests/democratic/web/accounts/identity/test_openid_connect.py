"""Signing in by a certified OpenID provider, over real sockets: staff, citizens, and nobody by surprise."""

from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from democratic.communities.invitations.actions import invite_to_role
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.outages import outages, report_down
from democratic.people.identities import link_identity, print_of
from democratic.people.models import Account, LinkedIdentity, Verification
from democratic.thread.actions import end_grant
from democratic.thread.models import Grant, Role
from factories import verified_account
from identity_peers import AGENTS, CITIZENS, HERE, TWO_FACTORS, declared, go, leave, openid_provider

LINK = "/compte/identites"
MIN = {"sub": "ag-1", "email": "agent@val-orbe.example"}


@pytest.fixture(scope="module")
def provider():
    with openid_provider() as running:
        yield running


@pytest.fixture(autouse=True)
def _declared(provider, settings, territory):
    cache.clear()
    settings.IDENTITY = declared(provider.port, AGENTS, CITIZENS)


@pytest.fixture
def client():
    return Client()


def linked(provider, account, sub, slug="agents"):
    return link_identity(
        account=account, provider=f"val-orbe/{slug}", source="ProConnect", clock=DATABASE_CLOCK,
        subject_print=print_of(f"http://127.0.0.1:{provider.port}", sub),
    )  # fmt: skip


def signed_in_as(client):
    held = client.session.get("_auth_user_id")
    return Account.objects.get(pk=held).email if held else None


def text(page):
    return page.content.decode().replace("\u00a0", " ")


def test_the_page_shows_the_services_of_this_authority_and_none_elsewhere(client, settings):
    page = text(client.get("/connexion"))
    assert "Se connecter avec ProConnect" in page
    assert "Se connecter avec FranceConnect" in page
    settings.IDENTITY = declared(1)
    assert "service d’identité" not in text(client.get("/connexion"))


def test_nobody_enters_nor_gets_an_account_before_she_linked_it(client, provider):
    accounts = Account.objects.count()
    provider.next("new-1")
    page = go(client, provider, "franceconnect")
    assert page.url == "/connexion?next=%2Fcompte%2Fidentites"
    assert "FranceConnect vous a reconnu" in text(client.get(page.url))
    assert (Account.objects.count(), LinkedIdentity.objects.count(), signed_in_as(client)) == (
        accounts,
        0,
        None,
    )


def test_a_citizen_links_once_then_enters_by_it_and_only_a_print_and_a_day_are_kept(
    client, provider, territory
):
    provider.next("fc-1", email="secret@ailleurs.example")
    go(client, provider, "franceconnect")
    client.force_login(territory.citizen)
    assert "Relier FranceConnect à ce compte" in text(client.get(LINK))
    client.post(LINK, {"act": "link"}, **HERE)
    assert LinkedIdentity.objects.get().account == territory.citizen
    fact = Verification.objects.get()
    assert (fact.person, fact.level, fact.source) == (
        territory.citizen.person,
        "oidc_identity",
        "FranceConnect",
    )
    other = Client()
    assert go(other, provider, "franceconnect", next="/suivis").url == "/suivis"
    assert signed_in_as(other) == territory.citizen.email
    kept = str(list(LinkedIdentity.objects.values())) + str(list(Verification.objects.values()))
    assert "fc-1" not in kept
    assert "ailleurs.example" not in kept


def test_what_is_asked_of_citizens_is_that_it_is_the_same_person_and_no_more(client):
    asked = leave(client, "franceconnect")
    assert "scope=openid&" in asked
    assert "acr_values=eidas1" in asked
    assert all(f"{name}=" in asked for name in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize(
    ("acr", "is_let_in"), [("eidas1", True), ("eidas3", True), ("urn:two-factors", False)]
)
def test_a_level_that_is_too_low_proves_nothing(client, provider, territory, acr, is_let_in):
    linked(provider, territory.citizen, "fc-2", "franceconnect")
    provider.next("fc-2", acr=acr)
    page = go(client, provider, "franceconnect")
    assert page.status_code == (302 if is_let_in else 400)
    assert (signed_in_as(client) is not None) is is_let_in


def test_signing_out_signs_out_of_franceconnect_too(client, provider, territory):
    linked(provider, territory.citizen, "fc-3", "franceconnect")
    provider.next("fc-3")
    go(client, provider, "franceconnect")
    page = client.post("/deconnexion", **HERE)
    url = page.headers["Refresh"]
    assert f"127.0.0.1:{provider.port}/session/end?id_token_hint=" in url
    assert "post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2F" in url
    assert signed_in_as(client) is None


def test_staff_whose_service_asked_for_two_factors_enter_the_desk_at_once(client, provider, territory):
    linked(provider, territory.agent, "ag-1")
    provider.next(**MIN, acr=TWO_FACTORS)
    assert go(client, provider, "agents", next="/bureau").url == "/bureau"
    Authenticator.objects.all().delete()
    assert client.get("/bureau").status_code == 200
    plain = Client()
    plain.force_login(territory.agent)
    assert plain.get("/bureau").status_code == 302


def test_amr_says_it_as_well(client, provider, territory):
    linked(provider, territory.agent, "ag-1")
    provider.next(**MIN, acr="eidas1", amr=["pwd", "mfa"])
    assert go(client, provider, "agents", next="/bureau").url == "/bureau"


def test_otherwise_our_own_second_factor_is_asked(client, provider, territory):
    linked(provider, territory.agent, "ag-1")
    provider.next(**MIN)
    assert go(client, provider, "agents", next="/bureau").url == "/connexion/second-facteur"
    assert signed_in_as(client) is None
    Authenticator.objects.all().delete()
    assert go(client, provider, "agents", next="/bureau").url == "/bureau"
    assert client.get("/bureau").url.startswith("/compte/securite/exigee")


def test_a_service_of_another_authority_is_no_second_factor_here(client, provider, territory, settings):
    linked(provider, territory.agent, "ag-1")
    provider.next(**MIN, acr=TWO_FACTORS)
    go(client, provider, "agents")
    session = client.session
    session["account_authentication_methods"][-1]["provider"] = "ailleurs/agents"
    session.save()
    Authenticator.objects.all().delete()
    assert client.get("/bureau").url.startswith("/compte/securite/exigee")


def test_staff_without_a_running_role_do_not_enter_by_it(client, provider, territory):
    linked(provider, territory.agent, "ag-1")
    for grant in Grant.objects.filter(person=territory.agent.person):
        end_grant(grant=grant, clock=DATABASE_CLOCK)
    provider.next(**MIN, acr=TWO_FACTORS)
    page = go(client, provider, "agents")
    assert (page.status_code, signed_in_as(client)) == (403, None)
    assert "Vous n’avez pas de rôle ici" in text(page)
    invite_to_role(
        authority=territory.authority,
        email=territory.agent.email,
        role=Role.AGENT,
        by=None,
        clock=DATABASE_CLOCK,
    )
    assert go(client, provider, "agents").status_code == 302
    assert not Grant.objects.filter(person=territory.agent.person, until=None).exists()


def test_an_address_of_another_domain_does_not_enter(client, provider, territory):
    linked(provider, territory.agent, "ag-1")
    provider.next("ag-1", email="agent@ailleurs.example")
    page = go(client, provider, "agents")
    assert (page.status_code, signed_in_as(client)) == (403, None)


@pytest.mark.parametrize(
    ("email", "is_proved", "domains", "is_linked"),
    [
        ("agent@val-orbe.example", True, ("val-orbe.example",), True),
        ("agent@val-orbe.example", False, ("val-orbe.example",), True),  # its own domain: it knows
        ("agent@val-orbe.example", True, (), True),
        ("agent@val-orbe.example", False, (), False),  # anyone may have typed it there
        ("elue@val-orbe.example", True, (), False),
        ("", True, (), False),
    ],
)
def test_staff_link_only_the_service_that_knows_their_own_address(
    client, provider, territory, settings, email, is_proved, domains, is_linked
):
    settings.IDENTITY = declared(provider.port, replace(AGENTS, domains=domains))
    client.force_login(territory.agent)
    provider.next("ag-9", email=email, is_email_proved=is_proved)
    assert go(client, provider, "agents").url == LINK
    client.post(LINK, {"act": "link"}, **HERE)
    assert LinkedIdentity.objects.exists() is is_linked


def test_to_link_one_proves_again_that_it_is_she(client, provider, territory):
    client.force_login(territory.citizen)
    provider.next("fc-4")
    go(client, provider, "franceconnect")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()
    assert client.post(LINK, {"act": "link"}, **HERE).url.startswith("/compte/confirmer")
    assert LinkedIdentity.objects.count() == 0


def test_what_waits_to_be_linked_waits_ten_minutes(client, provider, territory):
    client.force_login(territory.citizen)
    provider.next("fc-5")
    go(client, provider, "franceconnect")
    session = client.session
    session["identity_to_link"]["at"] -= 601
    session.save()
    client.post(LINK, {"act": "link"}, **HERE)
    assert LinkedIdentity.objects.count() == 0


def test_one_identity_opens_one_account(client, provider, territory):
    linked(provider, territory.citizen, "fc-6", "franceconnect")
    other = verified_account("autre@example.org", "Autre")
    client.force_login(other)
    provider.next("fc-6")
    go(client, provider, "franceconnect")
    assert signed_in_as(client) == territory.citizen.email  # it says who she is: the other account is left
    assert LinkedIdentity.objects.get().account == territory.citizen


def test_a_suspended_account_is_not_opened_by_it(client, provider, territory):
    linked(provider, territory.citizen, "fc-7", "franceconnect")
    Account.objects.filter(pk=territory.citizen.pk).update(is_active=False)
    provider.next("fc-7")
    assert go(client, provider, "franceconnect").url == "/compte/inactif"
    assert signed_in_as(client) is None


def test_a_link_is_taken_away_by_its_owner_alone(client, provider, territory):
    mine = linked(provider, territory.citizen, "fc-8", "franceconnect")
    client.force_login(territory.agent)
    client.post(LINK, {"act": "unlink", "identity": str(mine.pk)}, **HERE)
    client.post(LINK, {"act": "unlink", "identity": "rien"}, **HERE)
    assert LinkedIdentity.objects.count() == 1
    client.force_login(territory.citizen)
    client.post(LINK, {"act": "unlink", "identity": str(mine.pk)}, **HERE)
    assert LinkedIdentity.objects.count() == 0


def test_a_code_serves_once_and_only_in_the_browser_that_left(client, provider, territory):
    linked(provider, territory.citizen, "fc-9", "franceconnect")
    provider.next("fc-9")
    back = provider.follow(leave(client, "franceconnect"))
    thief = Client()
    assert thief.get(back).status_code == 400
    leave(thief, "franceconnect")
    assert thief.get(back).status_code == 400  # another state
    assert client.get(back).status_code == 302
    assert Client().get(back).status_code == 400
    assert client.get(back).status_code == 400
    session = client.session
    assert "identity_gone" not in session


def test_a_code_that_was_used_is_refused_by_the_provider_even_with_the_right_state(
    client, provider, territory
):
    linked(provider, territory.citizen, "fc-10", "franceconnect")
    provider.next("fc-10")
    url = leave(client, "franceconnect")
    gone = client.session["identity_gone"]
    back = provider.follow(url)
    assert client.get(back).status_code == 302
    again = Client()
    leave(again, "franceconnect")
    session = again.session
    session["identity_gone"] = gone
    session.save()
    assert again.get(back).status_code == 400
    assert signed_in_as(again) is None


def test_who_gives_up_there_comes_back_to_a_calm_page(client, provider):
    provider.next("fc-11", error="access_denied")
    page = go(client, provider, "franceconnect")
    assert page.status_code == 400
    assert "Rien n’a changé" in text(page)
    assert outages() == ()


def test_a_success_takes_the_banner_away(client, provider, territory):
    linked(provider, territory.citizen, "fc-12", "franceconnect")
    report_down("identity")
    provider.next("fc-12")
    go(client, provider, "franceconnect")
    assert outages() == ()


def test_leaving_needs_a_form_of_ours(client):
    assert client.get("/connexion/avec/franceconnect").status_code == 405
    assert client.post("/connexion/avec/franceconnect", HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert client.post("/connexion/avec/inconnu", **HERE).status_code == 404


def test_where_one_goes_next_is_never_another_site(client, provider, territory):
    linked(provider, territory.citizen, "fc-13", "franceconnect")
    provider.next("fc-13")
    assert go(client, provider, "franceconnect", next="https://evil.example/").url == "/"


def test_the_pages_policy_is_not_widened(client):
    page = client.post("/connexion/avec/franceconnect", **HERE)
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
