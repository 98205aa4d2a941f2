"""A map by keyboard alone, and a point given without a mouse; the same pages without script."""

import re
from itertools import combinations
from math import dist

import pytest
from playwright.sync_api import expect

from democratic.thread.models import Record
from democratic.thread.queries.places import places_of
from outlines import draw

pytestmark = [pytest.mark.browser]

MAP = "/concertations/bouger/carte"


@pytest.fixture
def drawn(live_territory, live_clock):
    draw(live_territory)
    live_territory.say("Un abri à la halle.", place="Vaubrun")
    live_territory.say("Un banc.", title="Un banc", place="Vaubrun", point=(5.25, 46.25))
    live_territory.say("Une fontaine.", title="Une fontaine", place="Montsec", point=(6.75, 46.75))
    return live_territory


def test_a_map_is_walked_opened_and_left_by_keyboard(drawn, open_tab, seen):
    tab = open_tab()
    tab.goto(MAP)
    expect(tab.locator("[data-live-map][data-ready]")).to_be_visible()
    expect(tab.locator(".map__still")).to_be_hidden()
    seen(tab)
    # Every mark is a button with a name: the place, then the two ideas.
    marks = tab.locator(".leaflet-marker-icon")
    expect(marks).to_have_count(3)
    assert all(mark.get_attribute("tabindex") == "0" for mark in marks.all())
    banc = tab.get_by_role("button", name=re.compile("Idée, Un banc"))
    tab.locator("[data-live-map]").focus()
    for _ in range(12):
        tab.keyboard.press("Tab")
        if "Un banc" in tab.evaluate("document.activeElement.textContent"):
            break
    expect(banc).to_be_focused()
    tab.keyboard.press("Enter")
    read = tab.get_by_role("link", name="Lire, Un banc")
    expect(read).to_be_focused()
    seen(tab)
    tab.keyboard.press("Escape")
    expect(read).to_have_count(0)
    expect(banc).to_be_focused()
    tab.keyboard.press("Enter")
    expect(read).to_be_focused()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/idees/*")


def test_no_mark_covers_another_and_a_group_counts_all_that_it_holds(drawn, open_tab, seen):
    (near,) = [each for each in places_of(drawn.authority) if each.name == "Vaubrun"]
    for n in range(3):
        drawn.say(f"Un banc ({n}).", place="Vaubrun", point=(near.at[0] + 0.01, near.at[1]))
    tab = open_tab(width=360)
    tab.goto(MAP)
    expect(tab.locator("[data-live-map][data-ready]")).to_be_visible()
    expect(tab.locator(".map-mark--group").first).to_contain_text("idées proches")
    marks = tab.locator(".map-mark")
    boxes = [mark.bounding_box() for mark in marks.all()]
    counted = re.findall(r"^\d+", "\n".join(tab.locator(".map-mark--group").all_inner_texts()), re.MULTILINE)
    assert max(map(int, counted)) >= 4
    centres = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    assert all(dist(one, other) > 24 for one, other in combinations(centres, 2))
    seen(tab)


def test_the_map_is_skipped_in_one_key(drawn, open_tab):
    tab = open_tab()
    tab.goto(MAP)
    expect(tab.locator("[data-live-map][data-ready]")).to_be_visible()
    skip = tab.get_by_role("link", name="Passer la carte")
    skip.focus()
    expect(skip).to_be_visible()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.locator(".map-places a").first).to_be_focused()


def test_without_script_the_drawing_leads_to_the_same_ideas(drawn, open_tab, seen):
    tab = open_tab(javascript=False, width=360)
    tab.goto(MAP)
    seen(tab)
    expect(tab.locator("[data-live-map]")).to_be_hidden()
    tab.get_by_role("link", name="Vaubrun, 2").click()
    assert tab.get_by_text("Un banc").count()
    assert not tab.get_by_text("Une fontaine").count()


def test_a_point_is_given_by_keyboard_and_taken_back(drawn, open_tab, seen):
    tab = open_tab()
    tab.goto("/concertations/bouger/dire")
    tab.locator("select[name=age_band]").select_option("26_64")
    tab.get_by_label("Ce que vous voulez dire").fill("Un arceau pour les vélos.")
    assert tab.evaluate("typeof window.L") == "undefined"  # nothing is loaded before it is asked for
    tab.locator("[data-pick] summary").press("Enter")
    expect(tab.locator("[data-pick][data-ready]")).to_be_visible()
    seen(tab)
    here = tab.get_by_role("button", name="Prendre le point du milieu")
    here.press("Enter")
    expect(tab.get_by_text(re.compile("Point choisi, à 100 mètres près"))).to_be_visible()
    tab.get_by_role("button", name="Retirer le point").press("Enter")
    expect(tab.get_by_text("Aucun point choisi.")).to_be_visible()
    # The arrows move the map under the circle.
    tab.locator(".pick").focus()
    for _ in range(3):
        tab.keyboard.press("ArrowLeft")
    here.press("Enter")
    tab.get_by_role("button", name="Envoyer").click()
    tab.wait_for_url("**/recu/**")
    record = Record.objects.get(wording__text__startswith="Un arceau")
    assert record.point.longitude < 6  # of the two municipalities, the one in the west
    assert record.place == "Vaubrun"
