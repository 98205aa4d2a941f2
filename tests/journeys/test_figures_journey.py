"""Figures read by keyboard and without script, taken away as real files, and shown on someone else's site."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect
from walking import heading, link, tab_onto

from courses import whole_course
from democratic.thread.models import Origin

pytestmark = [pytest.mark.browser]

OF = "/concertations/bouger"
# An image whose source is chosen anew (another width, paper, night) drops what it was decoding.
READY = """async () => {
  for (const image of document.images) {
    image.loading = "eager";
    await image.decode().catch(() => image.decode());
  }
}"""


@pytest.fixture
def told(live_territory, live_clock):
    course = whole_course(live_territory, voices=7, commitments=3)
    for at in range(4):
        live_territory.say(f"Un abri ({at})", origin=Origin.STREET)
    return course


def taken(tab: Page, name: str) -> bytes:
    with tab.expect_download() as download:
        link(tab, name).click()
    return Path(download.value.path()).read_bytes()


def test_figures_are_read_by_keyboard_without_script_and_taken_away(told, open_tab, seen):
    tab = open_tab(javascript=False)
    tab.goto("/chiffres")
    heading(tab, "Les chiffres")
    seen(tab)
    table = tab.locator("details:has-text('Voir le tableau')").first
    expect(table.locator("table")).to_be_hidden()
    tab_onto(tab, table.locator("summary"))
    tab.keyboard.press("Enter")
    expect(table.locator("table")).to_be_visible()
    counted = {row.locator("th").inner_text(): int(row.locator("td").inner_text()) for row in
               table.locator("tbody tr").all()}  # fmt: skip
    assert sum(counted.values()) == 11
    tab.goto("/chiffres/origines")
    rows = list(csv.reader(io.StringIO(taken(tab, "CSV").decode("utf-8-sig"))))
    assert {name: int(n) for name, n in rows[1:]} == counted
    picture = taken(tab, "PNG")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20], "big") > 1200
    spec = json.loads(taken(tab, "Vega-Lite"))
    assert {row["label"]: row["n"] for row in spec["data"]["values"]} == counted
    svg = tab.request.get(link(tab, "SVG").get_attribute("href")).text()
    root = ET.fromstring(svg)
    assert root.find("{http://www.w3.org/2000/svg}title").text == tab.locator("h1").inner_text()
    seen(tab)


def test_the_picture_of_the_fil_leads_to_its_table_by_keyboard(told, open_tab, seen):
    tab = open_tab(javascript=False)
    tab.goto(f"/fil/{told.theme.record.code}")
    seen(tab)
    to_figure = link(tab, "La figure et son tableau")
    tab_onto(tab, to_figure)
    tab.keyboard.press("Enter")
    heading(tab, "7 voix se rejoignent sous")
    seen(tab)
    summary = tab.locator("summary").first
    tab_onto(tab, summary)
    tab.keyboard.press("Enter")
    assert sum(int(n) for n in tab.locator("tbody td").all_inner_texts()) == 7
    rows = taken(tab, "CSV").decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + tab.locator("tbody tr").count()
    assert taken(tab, "PNG")[:4] == b"\x89PNG"


def test_a_figure_is_shown_on_another_site_and_our_pages_are_not(told, open_tab, elsewhere):
    tab = open_tab()
    for path in ("/chiffres/origines/integrer", f"/fil/{told.theme.record.code}/figure/integrer",
                 f"{OF}/figures/parcours/integrer"):  # fmt: skip
        tab.goto(f"{elsewhere}{path}")
        expect(tab.frame_locator("iframe").locator("h1")).to_be_visible()
    frame = tab.frame_locator("iframe")
    frame.locator("summary").first.click()
    expect(frame.locator("table")).to_be_visible()


@pytest.mark.parametrize("path", ["/chiffres", "/chiffres/origines", f"{OF}/entendu"])
def test_a_page_of_ours_is_refused_in_a_frame(told, chromium, elsewhere, path):
    context = chromium.new_context()
    tab, said = context.new_page(), []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(f"{elsewhere}{path}")
    tab.wait_for_function("document.readyState === 'complete'")
    inner = tab.frames[1]
    assert inner.url.startswith("chrome-error:") or not inner.locator("h1").count()
    assert any(re.search("frame-ancestors|X-Frame-Options", text) for text in said)
    context.close()


@pytest.mark.parametrize(
    ("width", "language"),
    [
        (360, "fr"),
        (1280, "en"),
        *(pytest.param(*each, marks=pytest.mark.prove) for each in ((360, "en"), (1280, "fr"))),
    ],
)
def test_every_page_of_figures_is_sound_by_day_and_by_night(told, open_tab, seen, width, language):
    tab = open_tab(width=width, language="en-GB" if language == "en" else "fr-FR")
    before = "/en" if language == "en" else ""
    code = told.theme.record.code
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for path in ("/chiffres", "/chiffres/semaines", f"{OF}/figures/engagements", f"/fil/{code}/figure",
                     f"/fil/{code}", f"{OF}/entendu", f"{OF}/bilan"):  # fmt: skip
            tab.goto(f"{before}{path}")
            tab.evaluate(READY)
            shown = tab.locator(".chart__image").evaluate_all("all => all.map(one => one.currentSrc)")
            assert all(("nuit" in one) == (scheme == "dark") for one in shown)
            assert all(("etroit" in one) == (width == 360) for one in shown)
            seen(tab)


def test_on_paper_a_figure_is_black_on_white_and_its_tools_are_gone(told, open_tab):
    tab = open_tab()
    tab.goto("/chiffres")
    tab.emulate_media(media="print")
    tab.evaluate(READY)
    shown = tab.locator(".chart__image").evaluate_all("all => all.map(one => one.currentSrc)")
    assert shown
    assert all(one.endswith("papier.svg") for one in shown)
    expect(link(tab, "CSV").first).to_be_hidden()
    expect(tab.locator(".chart__title").first).to_be_visible()


def test_the_address_to_copy_is_reached_by_keyboard(told, open_tab):
    tab = open_tab(javascript=False, width=360)
    tab.goto(f"/fil/{told.theme.record.code}/figure")
    code = tab.locator("#code")
    tab_onto(tab, code)
    assert re.search(rf"/fil/{told.theme.record.code}/figure/integrer", code.inner_text())
