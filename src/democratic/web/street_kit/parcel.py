"""The files that the application is made of: what a phone keeps to open it without network, and their version."""

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from democratic.web.icons import SPRITE

STATIC = Path(__file__).parents[1] / "static/web"
AGENT = Path(__file__).with_name("agent.js")
ICONS = (
    "arrow-left", "camera", "check", "download", "eye", "hand", "info", "list", "lock", "message-square-quote",
    "mic", "pen-line", "plus", "smartphone", "triangle-alert", "x",
)  # fmt: skip


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Under ``static/web``. Modules name one another without a digest: so does the list that is kept."""
    modules = sorted(path.name for path in (STATIC / "js/terrain").glob("*.js"))
    return (
        "terrain.css",
        "img/favicon.svg",
        "img/terrain-192.png",
        "fonts/young-serif-latin-400-normal.woff2",
        *(f"js/terrain/{name}" for name in modules),
    )


def addresses() -> list[str]:
    return [f"{settings.STATIC_URL}web/{name}" for name in names()]


@lru_cache(maxsize=1)
def _digest() -> str:
    return hashlib.sha256(b"".join((STATIC / name).read_bytes() for name in names())).hexdigest()


@lru_cache(maxsize=1)
def symbols() -> str:
    """The icons that its screens name, of the product's sprite: a tenth of it."""
    found = re.findall(r'<symbol id="i-([^"]+)".*?</symbol>', text := SPRITE.read_text("utf-8"), re.DOTALL)
    missing = set(ICONS) - set(found)
    if missing:
        raise LookupError(f"no such symbol in img/icons.svg: {sorted(missing)}")
    drawn = (re.search(rf'<symbol id="i-{name}".*?</symbol>', text, re.DOTALL) for name in ICONS)
    return "".join(each[0] for each in drawn if each)


def agent_script(page: str, address: str, more: list[str]) -> str:
    """The service worker for this page. ``page``: its HTML; ``more``: addresses of what it loads beside the files.

    One sign of the page or of a file changes the version: browsers take the new one, and leave the old one
    to a page that is open.
    """
    version = hashlib.sha256((_digest() + page).encode()).hexdigest()[:16]
    parcel = {"version": version, "page": address, "files": [*addresses(), *more]}
    return f"const PARCEL = {json.dumps(parcel)};\n{AGENT.read_text('utf-8')}"
