"""A real browser on a real server, for journeys: people who do what they came for, one page after the other.

``open_tab(javascript=…, width=…)`` opens a browser of its own (its cookies, its settings) on the live server;
``way`` is French or English, with script and without, and ``open_phone()`` a phone of that way;
``live_clock`` sets the day of every request; ``seen(tab)`` checks what must hold on each page that one passes;
``catch_up()`` lets the sequencer and the worker do what waits: counts, notices, mails;
``service`` is the real one, with its streams, and ``telling`` tells the screens of meetings beside it.
"""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import caches
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tongues import french_left_on
from walking import WAYS, Way, by_password

from debian_chromium import AXE, CHROMIUM, FLAGS
from democratic.config.commands.telling import Telling
from democratic.messaging.delivery import deliver
from democratic.thread.actions import give_role
from democratic.thread.journal.running import drain
from democratic.thread.models import Role
from entry_server import EntryServer, entry_server
from factories import staff_account

PATIENCE = 15_000  # milliseconds: two cores may be shared by several workers


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse("journeys need Debian's chromium: apt install chromium")
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, where the tests ask the database as any test does.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            yield browser
            browser.close()


@dataclass
class Day:
    """The clock of the requests: a day that the journey sets, at ten in the morning."""

    day: date

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=UTC)

    def turn_to(self, day: date) -> None:
        """A later day: pages are stored for one day of the database's clock, which this is not."""
        self.day = day
        caches["fragments"].clear()


@pytest.fixture
def live_clock(monkeypatch) -> Day:
    clock = Day(date(2026, 3, 1))
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock)
    return clock


@dataclass
class Tabs:
    """The browsers that a journey opened, those that run no script, and what went wrong in any of them."""

    open: list[Page] = field(default_factory=list)
    plain: list[Page] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@pytest.fixture
def tabs() -> Iterator[Tabs]:
    used = Tabs()
    yield used
    for tab in used.open:
        tab.context.close()
    assert used.wrong == []


@pytest.fixture
def address(live_server) -> str:
    return live_server.url


@pytest.fixture
def service(live_territory, tmp_path) -> Iterator[EntryServer]:
    """Django's own server for tests knows no streams. A module whose journeys need them has its ``address`` from here."""
    with entry_server(tmp_path / "entry") as server:
        yield server


@pytest.fixture
def telling(service) -> Iterator[None]:
    """Screens of meetings are told, as by the sequencer."""
    teller = Telling()
    teller.start()
    yield
    teller.stop()


@pytest.fixture
def open_tab(chromium, address, tabs) -> Callable[..., Page]:
    def opened(*, javascript: bool = True, width: int = 1280, language: str = "fr-FR") -> Page:
        context = chromium.new_context(
            base_url=address,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale=language,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        tab.on("console", lambda said: tabs.wrong.append(said.text) if "Policy" in said.text else None)
        tab.on("pageerror", lambda error: tabs.wrong.append(str(error)))
        tab.on("response", lambda got: tabs.wrong.append(got.url) if got.status >= 500 else None)
        tabs.open.append(tab)
        if not javascript:
            tabs.plain.append(tab)
        return tab

    return opened


@pytest.fixture(params=WAYS, ids=str)
def way(request) -> Way:
    return request.param


@pytest.fixture
def open_phone(open_tab, way) -> Callable[..., Page]:
    """A phone that nobody used here before: no cookie, no account."""

    def opened() -> Page:
        locale = "en-GB" if way.language == "en" else "fr-FR"
        return open_tab(javascript=way.javascript, width=360, language=locale)

    return opened


@pytest.fixture
def catch_up(live_territory, live_clock, live_server, settings) -> Callable[[], None]:
    """The sequencer's and the worker's turn; links of mails lead to the live server."""
    settings.PUBLIC_URL = live_server.url
    drain(clock=live_clock)  # effects begin at the head: what was done before is told to nobody

    def done() -> None:
        drain(clock=live_clock)
        deliver()

    return done


# Of the page with its fonts, and its pictures, which are asked for once the window is as tall as they stand low.
HEIGHT = """Promise.all([document.fonts.ready, ...[...document.images].filter(image => !image.complete &&
  image.getBoundingClientRect().top < innerHeight).map(image => new Promise(done => {
    image.onload = image.onerror = done }))]).then(() => document.documentElement.scrollHeight)"""


@pytest.fixture
def seen(tabs) -> Callable[[Page], None]:
    """What holds on every page: one title, nothing out of the window, no French of ours on an English page;
    and, where script runs, axe finds nothing: on French pages, which English ones are made as (the grid looks at both).
    """

    def check(tab: Page) -> None:
        expect(tab.locator("h1"), tab.url).to_have_count(1)  # the page may be on its way
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, tab.url
        if tab.locator("html").get_attribute("lang") == "en":
            assert french_left_on(tab) == [], tab.url
            return
        if tab in tabs.plain:  # axe is a script
            return
        size = tab.viewport_size
        # What lies under the bottom bar can be scrolled to: a window as tall as the page.
        # Measured again once resized and with its fonts: a line more, and the bar would cover the foot.
        for _ in range(3):
            tall = tab.evaluate(HEIGHT)
            tab.set_viewport_size({"width": size["width"], "height": tall})
        found = Axe().run(tab, options=AXE).response["violations"]
        tab.set_viewport_size(size)
        assert [(tab.url, rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]] == []

    return check


@pytest.fixture
def admin(live_territory, open_tab) -> Page:
    """Dominique, who administers the authority, signed in."""
    account = staff_account("admin@val-orbe.example", "Dominique")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=live_territory.authority,
        clock=live_territory.clock,
    )  # fmt: skip
    tab = open_tab(javascript=False)
    by_password(tab, account.email)
    return tab


@pytest.fixture
def elsewhere(live_server) -> Iterator[str]:
    """Another site, of another origin: each of its pages has ours of the same path in a frame."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            framed = f"{live_server.url}{self.path}"
            page = f'<!doctype html><title>Gazette</title><iframe src="{framed}" width="700" height="600"></iframe>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
