"""Sam has just been given a role: the desk asks for a second factor, and each of the two lets him in again."""

import pytest
from playwright.sync_api import Page, expect
from walking import FACTOR, button, heading, link, told

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.people.models import Session
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from democratic.web.sessions import SessionStore
from factories import PASSWORD, totp_code, verified_account

pytestmark = [pytest.mark.browser]


@pytest.fixture
def sam(live_territory, live_clock):
    account = verified_account("sam@val-orbe.example", "Sam")
    give_role(
        person=account.person, role=Role.AGENT, authority=live_territory.authority, clock=live_territory.clock
    )
    return account


def with_a_fingerprint(tab: Page) -> None:
    """The machine has a reader, and the right finger is on it."""
    driver = tab.context.new_cdp_session(tab)
    driver.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    driver.send("WebAuthn.addVirtualAuthenticator", {"options": kind})


def give_password(tab: Page, address: str) -> None:
    tab.goto("/connexion")
    tab.get_by_label("Votre adresse e-mail").last.fill(address)
    tab.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    button(tab, "Se connecter").click()


def leave(tab: Page) -> None:
    tab.goto("/compte")
    button(tab, "Se déconnecter").click()
    told(tab, "Vous n’êtes plus dans votre compte.")


def set_an_application_up(tab: Page, seen) -> str:
    link(tab, "Régler une application").click()
    heading(tab, "Régler une application")
    seen(tab)
    secret = tab.locator(".account__secret code").inner_text()
    tab.get_by_label("Le code que l’application affiche").fill(totp_code(secret))
    button(tab, "Enregistrer").click()
    heading(tab, "Codes de secours")
    expect(tab.locator(".account__codes li")).to_have_count(10)
    seen(tab)
    return secret


def test_an_application_and_a_passkey_are_set_up_and_each_opens_the_account(open_tab, sam, seen):
    tab = open_tab()
    with_a_fingerprint(tab)
    give_password(tab, sam.email)
    told(tab, "Bonjour")
    tab.goto("/bureau")
    heading(tab, "D’abord, un second facteur")
    seen(tab)
    secret = set_an_application_up(tab, seen)
    link(tab, "Continuer vers mon bureau").click()
    heading(tab, "Bonjour Sam.")

    tab.goto("/compte/securite")
    seen(tab)
    link(tab, "Ajouter une clé d’accès").click()
    heading(tab, "Ajouter une clé d’accès")
    seen(tab)
    tab.get_by_label("Son nom").fill("Ordinateur du bureau")
    button(tab, "Ajouter cette clé").click()
    told(tab, "Votre clé d’accès est ajoutée.")
    expect(tab.get_by_role("heading", name="Ordinateur du bureau")).to_be_visible()

    leave(tab)
    give_password(tab, sam.email)
    heading(tab, "Votre second facteur")
    seen(tab)
    tab.get_by_label(FACTOR).fill(totp_code(secret))
    button(tab, "Continuer").click()
    told(tab, "Bonjour")

    leave(tab)
    tab.goto("/connexion")
    seen(tab)
    button(tab, "Utiliser ma clé d’accès").click()
    told(tab, "Bonjour")
    tab.goto("/bureau")
    heading(tab, "Bonjour Sam.")


def an_hour_passes() -> None:
    """Her browsers stayed open: each proved who it is an hour before."""
    for row in Session.objects.exclude(account=None):
        held = SessionStore().decode(row.session_data)
        for record in held["account_authentication_methods"]:
            record["at"] -= 3600
        row.session_data = SessionStore().encode(held)
        row.save()


def test_a_passkey_proves_again_who_she_is_before_what_destroys(open_tab, sam, seen, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", DATABASE_CLOCK)
    tab = open_tab()
    with_a_fingerprint(tab)
    give_password(tab, sam.email)
    tab.goto("/compte/securite/cles/ajouter")
    tab.get_by_label("Son nom").fill("Ordinateur du bureau")
    button(tab, "Ajouter cette clé").click()
    told(tab, "Votre clé d’accès est ajoutée.")
    an_hour_passes()
    tab.goto("/compte/fermer")
    heading(tab, "C’est bien vous ?")
    seen(tab)
    if not button(tab, "Utiliser ma clé d’accès").count():
        link(tab, "Avec une clé d’accès").click()
        seen(tab)
    button(tab, "Utiliser ma clé d’accès").click()
    heading(tab, "Fermer mon compte")
    an_hour_passes()
    tab.goto("/compte/fermer")
    heading(tab, "C’est bien vous ?")  # a quarter of an hour, and no more


def test_without_script_the_application_is_enough(open_tab, sam, seen):
    tab = open_tab(javascript=False, width=360)
    give_password(tab, sam.email)
    tab.goto("/bureau")
    secret = set_an_application_up(tab, seen)
    leave(tab)
    give_password(tab, sam.email)
    heading(tab, "Votre second facteur")
    expect(button(tab, "Utiliser ma clé d’accès")).to_have_count(0)
    tab.get_by_label(FACTOR).fill(totp_code(secret))
    button(tab, "Continuer").click()
    told(tab, "Bonjour")
