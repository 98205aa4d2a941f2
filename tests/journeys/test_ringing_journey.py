"""A browser is rung: she asks for it at the end of her conversation, and in June her telephone shows the answer."""

import json
from datetime import datetime

import pytest
from playwright.sync_api import expect

from answered import sign_for
from channels.contract import write_account
from chatting import open_channel, open_flow
from democratic.messaging.carrying import carry
from democratic.messaging.models import OutgoingMessage
from democratic.notices.effects import NOTICES
from democratic.thread.journal.projections import ensure_cursors
from provider import Provider
from subscribed import Browser, push_service

pytestmark = [pytest.mark.browser]
# The service that rings a browser is its maker's, and can't be reached from here: the page is told of ours instead,
# with keys that the test holds. All the rest is Chromium's own.
SUBSCRIBES = """const subscription = %s;
PushManager.prototype.subscribe = async function (asked) {
  window.asked = { visible: asked.userVisibleOnly, key: asked.applicationServerKey.length };
  return { toJSON: () => subscription };
};"""
SHOWN = """async () => { const registration = await navigator.serviceWorker.getRegistration("/avis");
  return (await registration.getNotifications()).map(one => [one.title, one.body, one.data, one.tag]) }"""


@pytest.fixture
def service():
    """Written from what the standard says; it opens what comes as her browser would."""
    provider = Provider(None)
    provider.usual = lambda asked: push_service(asked, provider)
    with provider:
        yield provider


def numbers_of(known):
    """Of what rings: registered, and not taken away."""
    return (
        each["registrationId"]
        for each in known
        if each["scopeURL"].endswith("/avis") and not each["isDeleted"]
    )


def rung(tab, words):
    """What a browser does once its service has rung it."""
    line = tab.context.new_cdp_session(tab)
    known = []
    line.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    line.send("ServiceWorker.enable")
    for _asked in range(100):
        if number := next(numbers_of(known), None):
            break
        tab.wait_for_timeout(100)
    origin = "/".join(tab.url.split("/")[:3])
    line.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": number, "data": words})


def answers_all(tab):
    tab.goto("/r/LYC-BRO")
    tab.get_by_role("button", name="En voiture").click()
    tab.locator("[name=text]").fill("Vaubrun")
    tab.get_by_role("button", name="Continuer").click()
    tab.get_by_role("button", name="15-17 ans").click()
    tab.locator("[name=text]").fill("Un bus après minuit")
    tab.get_by_role("button", name="Envoyer").click()
    tab.get_by_role("button", name="Non").click()
    tab.get_by_text("Gardez ce numéro").wait_for()


@pytest.mark.usefixtures("live_clock")
def test_her_telephone_shows_in_june_what_became_of_her_sentence(
    live_territory, open_tab, service, seen, catch_up
):
    ensure_cursors([NOTICES])
    browser = Browser(f"{service.url}/push/lina")
    write_account(
        live_territory.authority.slug, "push", {"contact": "mailto:dsi@val-orbe.example", "near": True}
    )
    for kind in ("widget", "push"):
        open_channel(live_territory.authority, kind)
    open_flow(live_territory)
    catch_up()
    tab = open_tab(width=360)
    tab.context.grant_permissions(["notifications"])
    tab.add_init_script(SUBSCRIBES % browser.subscription)
    answers_all(tab)
    seen(tab)
    tab.get_by_role("button", name="Me prévenir sur cet appareil").click()
    expect(tab.get_by_role("status").get_by_text("Cet appareil vous préviendra.")).to_be_visible()
    seen(tab)

    theme = sign_for(live_territory)
    waits = OutgoingMessage.objects.get(correspondent__kind="push")
    OutgoingMessage.objects.filter(pk=waits.pk).update(
        not_before=datetime.fromisoformat("2026-01-01T10:00:00+01:00")
    )
    assert carry().sent == 1
    (sent,) = service.kept["sent"]
    said = browser.opens(sent.body)
    rung(tab, json.dumps(said))
    ((title, body, link, tag),) = tab.evaluate(SHOWN)
    assert (title, tag) == (live_territory.authority.name, waits.pk.hex)
    assert "Rentrer le soir" in body
    assert "http" not in body
    assert link.endswith(f"/fil/{theme.record.code}")

    tab.get_by_role("button", name="Ne plus me prévenir").click()
    expect(tab.get_by_role("status").get_by_text("Plus aucun appareil ne vous prévient.")).to_be_visible()


@pytest.mark.usefixtures("live_clock")
def test_a_browser_that_refuses_says_where_to_change_it(live_territory, open_tab, seen):
    for kind in ("widget", "push"):
        open_channel(live_territory.authority, kind)
    open_flow(live_territory)
    tab = open_tab(width=360)
    tab.add_init_script("Notification.requestPermission = async () => 'denied';")
    answers_all(tab)
    tab.get_by_role("button", name="Me prévenir sur cet appareil").click()
    expect(tab.get_by_role("alert")).to_contain_text("permettez les notifications")
    seen(tab)
