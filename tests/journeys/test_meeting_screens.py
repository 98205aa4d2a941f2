"""Screens of a meeting that keep themselves up, in a real browser on the real service, whatever pages hold them."""

import re

import pytest
from playwright.sync_api import expect

from democratic.participation.meetings.live.models import LiveEvent, Topic
from democratic.participation.meetings.live.telling import tell, touched_parts
from democratic.participation.meetings.live.touching import touch
from entry_server import entry_server
from meeting_streams import meet, told

pytestmark = [pytest.mark.browser]

PAGE = """<!doctype html><html lang="fr"><title>Rencontre</title><body>
<main data-meeting="x" data-last="0">
<section data-topic="state">avant</section>
<section data-topic="wall" aria-live="polite">avant</section>
<button data-live-pause aria-pressed="false" hidden>Pause</button>
</main><script type="module" src="%s"></script></body></html>"""


@pytest.fixture
def address(live_territory, tmp_path):
    """The real service: Django's own for tests knows no streams."""
    with entry_server(tmp_path / "entry") as server:
        script = next(server.static.rglob("meeting*.js")).relative_to(server.static)
        yield server.url, f"/static/{script}"


def screen(tab, address, meeting):
    url, script = address
    path = f"/rencontres/{meeting.record.code}/direct"
    tab.route(
        re.compile(rf"{path}$"), lambda route: route.fulfill(body=PAGE % script, content_type="text/html")
    )
    tab.goto(f"{url}{path}")
    return tab.locator("main")


def say(meeting, topic, html):

    touch(meeting.pk, topic)
    tell(touched_parts(), lambda *_of: {"fr": html, "en": html})


def test_a_screen_keeps_itself_up_and_what_is_hers_stays(chromium, address, live_territory):
    meeting = meet(live_territory)
    tab = chromium.new_page()
    main = screen(tab, address, meeting)
    state, wall = main.locator("[data-topic=state]"), main.locator("[data-topic=wall]")
    say(meeting, Topic.STATE, "<b>ouverte</b>")
    expect(state.locator("b")).to_have_text("ouverte")
    form = '<details><summary>Pourquoi</summary><input id="w" name="w"></details><button id="b">Moi aussi, %d</button>'
    say(meeting, Topic.WALL, form % 1)
    wall.get_by_text("Pourquoi").click()
    tab.locator("#w").fill("à moitié")
    say(meeting, Topic.WALL, form % 2)
    expect(tab.locator("#b")).to_have_text("Moi aussi, 2")
    assert tab.evaluate("document.activeElement.id") == "w"
    assert tab.locator("#w").input_value() == "à moitié"
    assert wall.locator("details").get_attribute("open") is not None

    pause = main.get_by_role("button", name="Pause")
    pause.click()
    say(meeting, Topic.STATE, "pendant la pause")
    say(meeting, Topic.WALL, form % 3)
    expect(main).to_have_attribute("data-last", "5")
    expect(state.locator("b")).to_have_text("ouverte")
    pause.click()
    expect(state).to_have_text("pendant la pause")
    expect(tab.locator("#b")).to_have_text("Moi aussi, 3")

    # The network goes and comes back: nothing that was said meanwhile is lost.
    tab.context.set_offline(True)
    tab.evaluate("dispatchEvent(new Event('offline'))")
    say(meeting, Topic.STATE, "pendant la coupure")
    tab.context.set_offline(False)
    tab.evaluate("dispatchEvent(new Event('online'))")
    expect(state).to_have_text("pendant la coupure")
    tab.close()


def test_where_streams_fail_it_asks_now_and_then(chromium, address, live_territory):
    meeting = meet(live_territory)
    tab = chromium.new_page()
    tab.route(re.compile(r"/flux"), lambda route: route.abort())
    main = screen(tab, address, meeting)
    told(meeting, "ouverte", Topic.STATE)
    expect(main.locator("[data-topic=state]")).to_have_text("state ouverte", timeout=30_000)
    expect(main).to_have_attribute("data-line", "asked")
    assert LiveEvent.objects.filter(meeting=meeting).count() == 1
    tab.close()
