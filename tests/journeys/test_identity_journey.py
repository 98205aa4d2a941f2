"""Gabriel links FranceConnect to his account, comes back by it, and leaves it: with script and without."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from walking import button, heading, told

from democratic.people.models import LinkedIdentity
from factories import PASSWORD
from identity_peers import CITIZENS, declared, openid_provider

pytestmark = [pytest.mark.browser]


@pytest.fixture
def provider(live_territory, live_server, settings):
    cache.clear()
    settings.PUBLIC_URL = live_server.url
    with openid_provider(live_server.url) as running:
        settings.IDENTITY = declared(running.port, CITIZENS)
        yield running


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_linked_once_it_opens_the_account_and_signing_out_leaves_it_too(
    provider, live_territory, open_tab, seen, javascript
):
    tab = open_tab(javascript=javascript, width=360)
    provider.next("gabriel-at-franceconnect")
    tab.goto("/connexion")
    seen(tab)
    button(tab, "Se connecter avec FranceConnect").click()
    told(tab, "FranceConnect vous a reconnu.")
    tab.get_by_label("Votre adresse e-mail").last.fill(live_territory.citizen.email)
    tab.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    button(tab, "Se connecter").click()
    heading(tab, "Services d’identité")
    seen(tab)
    button(tab, "Relier FranceConnect").first.click()
    told(tab, "FranceConnect ouvre votre compte.")
    seen(tab)
    assert LinkedIdentity.objects.get().account == live_territory.citizen

    tab.goto("/deconnexion")
    button(tab, "Se déconnecter").click()
    expect(tab).to_have_url(re.compile(rf":{provider.port}/session/end"))
    tab.goto("/connexion")
    button(tab, "Se connecter avec FranceConnect").click()
    expect(tab).to_have_url(re.compile(r"/$"))
    tab.goto("/compte")
    heading(tab, "Gabriel")
