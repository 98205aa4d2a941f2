"""Draw the gallery, and serve it under the product's policy to a real browser."""

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from face_sample import parts, shell
from playwright.sync_api import sync_playwright

from debian_chromium import CHROMIUM, FLAGS

STATIC = Path(__file__).parents[4] / "src/democratic/web/static"
WIDTHS = (360, 768, 1280)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def page(*, sent=True, **changes):
    main = render_to_string("web/gallery.html", parts(sent=sent))
    return render_to_string("web/shell.html", shell(**changes) | {"main": mark_safe(main)})


class Handler(SimpleHTTPRequestHandler):
    """``/static/`` from the source tree; any other path is the page that was drawn."""

    def __init__(self, *args, html, **kwargs):
        self.html = html
        super().__init__(*args, directory=str(STATIC.parent), **kwargs)

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self):
        if self.path.startswith("/static/"):
            return super().do_GET()
        body = self.html.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *args):
        pass


@contextmanager
def served(html):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, html=html))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/galerie"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def browser():
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


def shoot(tab, stem, most=2600):
    """One picture for each ``most`` pixels of height: viewers refuse very tall ones."""
    width, height = tab.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    for n, top in enumerate(range(0, height, most)):
        clip = {"x": 0, "y": top, "width": width, "height": min(most, height - top)}
        tab.screenshot(path=f"{stem}-{n}.png", full_page=True, clip=clip)
