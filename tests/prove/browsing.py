"""One browser on the product: a person, a language, a width and a theme at a time, and what each page must be."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from pages_to_see import ANYONE, Seen
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

from debian_chromium import AXE

# What another theme may change: colours alone, as no rule of the style sheet moves anything by theme.
COLOURS = AXE | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
MOST_BYTES = 100_000
THEMES = {
    "light": {"color_scheme": "light", "contrast": "no-preference"},
    "dark": {"color_scheme": "dark", "contrast": "no-preference"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
}
# Asked once, as the strict policy of pages refuses what is asked again and again.
IMAGES = """Promise.all([...document.images].filter(image => !image.complete)
  .map(image => new Promise(done => { image.onload = image.onerror = done })))"""
MOST_HEIGHT = 12000  # pixels: what chromium draws at once


@dataclass
class Visit:
    """What a page asked and said while it was looked at. ``received``: bytes by address, as they travelled."""

    tab: Tab
    statuses: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    received: dict[str, int] = field(default_factory=dict)


def sign_in(context: BrowserContext, base: str, who: str) -> None:
    sent = context.request.post(
        f"{base}/demo/entrer",
        form={"email": f"{who}@valdorbe.example"},
        headers={"Sec-Fetch-Site": "same-origin"},
        max_redirects=0,
    )
    assert sent.status == 302, sent.text()


def context_for(chromium: Browser, base: str, who: str, language: str) -> BrowserContext:
    context = chromium.new_context(
        base_url=base, locale={"fr": "fr-FR", "en": "en-GB"}[language], reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    if who != ANYONE:
        sign_in(context, base, who)
    return context


def visit(context: BrowserContext, page: Seen, path: str, language: str, width: int) -> Visit:
    tab = context.new_page()
    seen = Visit(tab)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.on("request", lambda asked: seen.asked.append(asked.url))
    tab.on("console", lambda told: seen.said.append(told.text))
    tab.on("pageerror", lambda error: seen.said.append(f"error: {error}"))
    tab.on(
        "response",
        lambda got: seen.statuses.append(got.status) if got.request.is_navigation_request() else None,
    )
    _weigh(context, tab, seen)
    tab.goto(in_language(path, language), wait_until="networkidle")
    if page.then:
        page.then(tab)
        tab.wait_for_load_state("networkidle")
    return seen


def _weigh(context: BrowserContext, tab: Tab, seen: Visit) -> None:
    wire, addresses = context.new_cdp_session(tab), {}
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})  # as who comes for the first time
    wire.on(
        "Network.responseReceived", lambda got: addresses.update({got["requestId"]: got["response"]["url"]})
    )
    wire.on(
        "Network.loadingFinished",
        lambda done: seen.received.update({addresses.get(done["requestId"], "?"): done["encodedDataLength"]}),
    )


def in_language(path: str, language: str) -> str:
    return path if language == "fr" or path.startswith("/en/") else f"/en{path}"


def faults_of(seen: Visit, page: Seen, language: str, base: str) -> list[str]:
    """What holds whatever the colours."""
    tab, faults = seen.tab, []
    if seen.statuses[-1] != page.status:
        faults.append(f"status {seen.statuses} instead of {page.status}")
    if (titles := tab.locator("h1").count()) != 1:
        faults.append(f"{titles} h1")
    if (spoken := tab.get_attribute("html", "lang")) != language:
        faults.append(f"lang {spoken}")
    if (out := tab.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
        faults.append(f"{out} px out of the window: {_widest(tab)}")
    faults += [f"asked elsewhere: {asked}" for asked in seen.asked if not re.match(f"{base}/|data:", asked)]
    faults += [f"said: {told}" for told in seen.said if "Policy" in told or told.startswith("error:")]
    weight = sum(bytes_ for address, bytes_ in seen.received.items() if "/fichiers/" not in address)
    if page.is_reading and weight > MOST_BYTES:
        faults.append(f"{weight} bytes: {seen.received}")
    return faults


def _widest(tab: Tab) -> str:
    return tab.evaluate(
        """[...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
           .slice(0, 3).map(one => one.outerHTML.slice(0, 120)).join(" | ")"""
    )


def wear(tab: Tab, theme: str) -> None:
    tab.emulate_media(**THEMES[theme], reduced_motion="reduce")


@contextmanager
def whole_page(tab: Tab) -> Iterator[None]:
    """A window as tall as the page: what lies under the bottom bar can be scrolled to."""
    size = tab.viewport_size
    tall = min(MOST_HEIGHT, max(size["height"], tab.evaluate("document.documentElement.scrollHeight")))
    tab.set_viewport_size({"width": size["width"], "height": tall})
    try:
        yield
    finally:
        tab.set_viewport_size(size)


def violations(tab: Tab, rules: dict) -> list[str]:
    with whole_page(tab):
        found = Axe().run(tab, options=rules).response["violations"]
    return [f"axe {rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def shoot(tab: Tab, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_page(tab):
        tab.evaluate(IMAGES)
        tab.screenshot(path=path)
