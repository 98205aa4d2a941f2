"""The wall of a street session, on a screen that nobody touches: new voices come, an absent server takes none away."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from closing_door import Door
from debian_chromium import AXE
from democratic.participation.street.models import StreetCapture
from democratic.participation.street.receiving import receive
from democratic.participation.street.validating import validate_captures
from in_the_street import planned, record, taken_out

pytestmark = [pytest.mark.browser]

FIRST, SECOND, UNREAD = "Le dernier bus part trop tôt.", "Un abri éclairé, déjà.", "Personne ne l’a relue."
LATER = 30_500  # milliseconds: a little more than what the wall waits between two looks
ITSELF = re.compile("/mur$")


@pytest.fixture
def door(live_server):
    parts = urlsplit(live_server.url)
    door = Door((parts.hostname, parts.port))
    yield door
    door.close()


@pytest.fixture
def session(live_territory, live_clock):
    return planned(live_territory)


@pytest.fixture
def publish(session, live_territory):
    """One of the sentences that came back, once an agent has read it."""
    made = {words: record(text=words) for words in (FIRST, SECOND, UNREAD)}
    device = taken_out(session, live_territory).device
    receive(session=session, device=device, records=list(made.values()), clock=live_territory.clock)

    def published(words):
        read = StreetCapture.objects.get(session=session, uuid=made[words]["uuid"])
        validate_captures(
            session=session,
            by=live_territory.elected.person,
            function="Le Département",
            clock=live_territory.clock,
            only=[read.pk],
        )

    return published


@pytest.fixture
def wall(door, open_tab, session, publish):
    """Opens it on a screen whose time the test makes pass; ``tab.asked``: what it asked of its own address since."""
    publish(FIRST)

    def opened(query="", *, javascript=True):
        tab = open_tab(javascript=javascript)
        tab.asked = []
        if javascript:
            tab.clock.install()
        tab.goto(f"{door.url}/rendez-vous-de-rue/{session.record.code}/mur{query}")
        expect(voices(tab)).to_contain_text(FIRST)
        tab.on("request", lambda asked: tab.asked.append(asked.url) if "/mur" in asked.url else None)
        return tab

    return opened


def voices(tab):
    return tab.locator("[data-voices]")


def offline(tab):
    return tab.locator("[data-offline]")


def half_a_minute_goes_by(tab):
    """And the wall was answered."""
    with tab.expect_response(ITSELF) as answered:
        tab.clock.run_for(LATER)
    answered.value.finished()


def test_a_voice_comes_by_itself_and_the_same_voices_are_not_drawn_again(wall, publish):
    tab = wall()
    tab.evaluate("document.querySelector('[data-voices] li').drawn = 'before'")
    half_a_minute_goes_by(tab)
    assert tab.evaluate("document.querySelector('[data-voices] li').drawn") == "before"
    publish(SECOND)
    half_a_minute_goes_by(tab)
    expect(voices(tab).locator("li").first).to_contain_text(SECOND)
    expect(voices(tab)).to_contain_text(FIRST)
    expect(voices(tab)).not_to_contain_text(UNREAD)
    expect(offline(tab)).to_be_hidden()
    assert len(tab.asked) == 2  # one each half minute, no more


def test_nothing_moves_the_page_nor_takes_the_focus_and_no_voice_is_read_aloud_over_another(wall, publish):
    tab = wall()
    pause = tab.get_by_role("link", name="Mettre en pause")
    pause.focus()
    publish(SECOND)
    half_a_minute_goes_by(tab)
    expect(voices(tab)).to_contain_text(SECOND)
    expect(pause).to_be_focused()
    assert voices(tab).locator("xpath=ancestor-or-self::*[@aria-live or @role='status']").count() == 0


def test_paused_it_asks_for_nothing_and_goes_on_when_asked(wall, publish):
    tab = wall()
    tab.get_by_role("link", name="Mettre en pause").click()
    expect(tab.get_by_role("link", name="Reprendre")).to_be_visible()
    publish(SECOND)
    tab.asked.clear()
    tab.clock.run_for(10 * LATER)
    assert tab.asked == []
    expect(voices(tab)).not_to_contain_text(SECOND)
    tab.get_by_role("link", name="Reprendre").click()
    expect(voices(tab)).to_contain_text(SECOND)
    half_a_minute_goes_by(tab)


def test_a_server_that_is_away_takes_no_voice_away_and_the_wall_says_so_until_it_is_back(wall, publish, door):
    tab = wall()
    door.close()
    for _look in range(3):
        with tab.expect_event("requestfailed"):
            tab.clock.run_for(LATER)
        expect(offline(tab)).to_be_visible()
        expect(voices(tab)).to_contain_text(FIRST)
    told = tab.get_by_role("status")
    expect(told).to_contain_text(
        "sans réseau"
    )  # in a region that was there before it: told once, when one may
    assert Axe().run(tab, options=AXE).response["violations"] == []
    door.open()
    publish(SECOND)
    half_a_minute_goes_by(tab)
    expect(voices(tab)).to_contain_text(SECOND)
    expect(offline(tab)).to_be_hidden()


@pytest.mark.parametrize(("status", "body"), [(200, "<p>Wi-Fi de la gare : connectez-vous</p>"), (404, "")])
def test_the_page_of_a_hotspot_or_of_a_fault_is_never_taken_for_the_voices(wall, status, body):
    tab = wall()
    tab.route(ITSELF, lambda asked: asked.fulfill(status=status, body=body, content_type="text/html"))
    tab.clock.run_for(LATER)
    expect(offline(tab)).to_be_visible()
    expect(voices(tab)).to_contain_text(FIRST)


def test_without_a_script_the_page_asks_for_itself_and_the_pause_still_holds(wall):
    tab = wall(javascript=False)
    assert 'http-equiv="refresh" content="30"' in tab.content()
    tab.get_by_role("link", name="Mettre en pause").click()
    expect(tab.get_by_role("link", name="Reprendre")).to_be_visible()
    assert "http-equiv" not in tab.content()
