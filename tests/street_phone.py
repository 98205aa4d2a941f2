"""An agent's phone in the street: a browser with a folder of its own, which may be killed and opened again.

``phone.work(…)`` writes records by the application's own modules, as its screens do; ``phone.say(…)`` uses the screens.
"""

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from debian_chromium import AXE, CHROMIUM, FLAGS

CODE = "482915"
PATIENCE = 15_000  # milliseconds
A_MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
# Records made by the modules that the screens use: { kit } of this phone, opened by its code.
OPENED = """async code => {
  const at = name => import(`/static/web/js/terrain/${name}.js`);
  const [{ openStore }, { openVault }, { Kit }, { redraw }] =
    await Promise.all(["store", "vault", "kit", "photos"].map(at));
  const store = await openStore();
  const kit = await Kit.load(store, await openVault(store, code));
  const canvas = Object.assign(document.createElement("canvas"), { width: 80, height: 60 });
  canvas.getContext("2d").fillRect(0, 0, 40, 60);
  const photo = await redraw(await new Promise(done => canvas.toBlob(done)));
  window.opened = { kit, photo, session: [...kit.sessions.keys()][0] };
}"""
WRITTEN = """async ([from, to, more]) => {
  const { kit, photo, session } = window.opened;
  for (let at = from; at < to; at += 1) {
    const record = { kind: "quote", text: `Le bus numéro ${at} part trop tôt.`, first_name: "", age_band: "18_25",
      consent: true, in_no_body: null, about: "", code: kit.freeCode(session), ...more };
    const { uuid } = await kit.keep({ session, state: "ready", record, files: [{ n: 1, ...photo }] });
    window.acknowledged?.(uuid);
  }
}"""


class Phone:
    def __init__(self, browser: Browser, url: str, folder: Path) -> None:
        self.browser, self.url, self.folder = browser, url, folder
        self.acknowledged: list[str] = []
        self.open()

    def open(self) -> None:
        self.context = self.browser.browser_type.launch_persistent_context(
            str(self.folder), executable_path=str(CHROMIUM), args=[*FLAGS, *A_MICROPHONE], base_url=self.url,
            viewport={"width": 360, "height": 780}, locale="fr-FR", reduced_motion="reduce", accept_downloads=True,
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.context.expose_binding("acknowledged", lambda _source, uuid: self.acknowledged.append(uuid))
        self.tab: Page = self.context.pages[0]
        self.wrong: list[str] = []
        self.tab.on("pageerror", lambda error: self.wrong.append(str(error.stack)))
        self.tab.on("console", lambda said: self.wrong.append(said.text) if "Policy" in said.text else None)

    def kill(self) -> None:
        """As when the battery falls out: nothing is told to the browser."""
        for process in self._processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with suppress(Exception):  # the driver finds its end of the line cut
            self.context.close()
        while list(self._processes()):
            time.sleep(0.05)

    def _processes(self) -> Iterator[int]:
        """Of this folder alone."""
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if f"--user-data-dir={self.folder}" in entry.read_text("utf-8", "replace"):
                    yield int(entry.parent.name)

    def sign_in(self, account) -> None:
        client = Client()
        client.force_login(account)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.url}])

    def start(self) -> None:
        """From the address typed to the first screen that knows what this phone holds."""
        self.tab.goto("/terrain")
        self.tab.locator("body[data-open]").wait_for()

    def unlock(self, code: str = CODE) -> None:
        self.start()
        self.tab.get_by_label("Code de cet appareil").first.fill(code)
        self.button("Ouvrir").click()
        self.screen("accueil", "sessions").first.wait_for()

    def prepare(self, account) -> None:
        """At the office, with network: a code is chosen, and the session is on the phone and begun."""
        self.sign_in(account)
        self.start()
        self.button("Préparer hors ligne").click()
        self.tab.get_by_label("Code : six chiffres au moins").fill(CODE)
        self.tab.get_by_label("Encore une fois").fill(CODE)
        self.button("Garder ce code").click()
        self.button("Préparer hors ligne").click()
        expect(self.tab.get_by_text("prêt hors ligne ✓")).to_be_visible()
        self.button("Ouvrir").click()
        self.button("Démarrer").click()
        self.screen("accueil").wait_for()

    def work(self, start: int, end: int, *, wait: bool = True, **more: object) -> None:
        self.tab.evaluate(OPENED, CODE)
        asked = [start, end, more]
        self.tab.evaluate(WRITTEN if wait else f"asked => {{ ({WRITTEN})(asked) }}", asked)

    def say(self, words: str, band: str = "18-25 ans", name: str = "") -> str:
        """One word said, by the screens; the code of its sticker."""
        self.button(band).click()
        self.tab.get_by_label("Ses mots").fill(words)
        if name:
            self.tab.get_by_label("Prénom (vide : anonyme)").fill(name)
        self.screen("parole").locator("[name=consent]").check()
        self.button("Garder").click()
        return self.screen("gardee").locator("[data-code]").inner_text()

    def go(self, screen: str) -> None:
        self.tab.evaluate("name => { location.hash = name }", screen)
        self.screen(screen).wait_for()

    def send(self) -> None:
        self.go("envois")
        self.button("Envoyer maintenant").click()

    def screen(self, *names: str) -> Locator:
        return self.tab.locator(",".join(f"[data-screen={name}]:visible" for name in names))

    def button(self, name: str) -> Locator:
        return self.tab.get_by_role("button", name=name, exact=True).locator("visible=true").first

    def counter(self, words: str) -> None:
        expect(self.tab.locator("[data-count]")).to_have_text(re.compile(words))

    def looked_at(self) -> None:
        """Nothing out of the window, every target a thumb wide, and axe finds nothing."""
        assert self.tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, self.tab.url
        small = self.tab.evaluate(
            """() => [...document.querySelectorAll("button, a, summary, input, select, label.kit-band")]
              .filter(one => one.checkVisibility() && !one.matches(".visually-hidden, p a, .note a, label input"))
              .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 120))"""
        )
        assert small == [], self.tab.url
        found = Axe().run(self.tab, options=AXE).response["violations"]
        assert [
            (self.tab.url, rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]
        ] == []

    def texts_in_store(self) -> int:
        """How many rows of the phone's store could still be opened: none once it is erased."""
        return self.tab.evaluate("async () => (await indexedDB.databases()).length")
