"""The full grid: each type of page, at three widths, in three themes and two languages, looked at and kept.

Pictures go to var/screens, or to DEMOCRATIC_SCREENS. ``-k desk`` looks at some of the pages alone.
"""

import os
from pathlib import Path

import pytest
from browsing import COLOURS, THEMES, context_for, faults_of, shoot, violations, visit, wear
from pages_to_see import PAGES, codes_of
from playwright.sync_api import sync_playwright
from real_product import ROOT, running_product, tell

from debian_chromium import AXE, CHROMIUM, FLAGS

WIDTHS = (360, 768, 1280)
FOLDER = Path(os.environ.get("DEMOCRATIC_SCREENS") or ROOT / "var/screens")

pytestmark = pytest.mark.prove


@pytest.fixture(scope="module")
def product():
    if not CHROMIUM.exists():
        pytest.fail("the grid needs Debian's chromium: apt install chromium")
    with running_product() as made:
        yield made


@pytest.fixture(scope="module")
def codes(product):
    return codes_of(product)


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def contexts(chromium, product):
    """One browser a person and a language, kept from page to page."""
    kept, base = {}, f"http://127.0.0.1:{product.port}"

    def context(who, language):
        if (who, language) not in kept:
            kept[who, language] = context_for(chromium, base, who, language)
        return kept[who, language]

    yield context
    for each in kept.values():
        each.close()


def look_at(context, name, path, language, width, base):
    seen = visit(context, PAGES[name], path, language, width)
    faults = faults_of(seen, PAGES[name], language, base)
    for theme in THEMES:
        wear(seen.tab, theme)
        if theme == "light":
            faults += violations(seen.tab, AXE)
        elif language == "fr":  # the same colours in both
            faults += violations(seen.tab, COLOURS)
        shoot(seen.tab, FOLDER / f"{name}-{language}-{width}-{theme}.png")
    seen.tab.close()
    return [f"{language} {width}: {fault}" for fault in faults]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_holds_at_each_width_in_each_theme_and_language(product, codes, contexts, name):
    base, path, faults = f"http://127.0.0.1:{product.port}", PAGES[name].path.format(**codes), []
    for language in ("fr", "en"):
        context = contexts(PAGES[name].who, language)
        for width in WIDTHS:
            faults += look_at(context, name, path, language, width, base)
    tell(f"{name}: {path}, {len(faults)} faults")
    assert faults == []
