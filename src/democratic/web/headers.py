"""What every answer says to a browser, whoever gives it: Django, or the server's entry before it."""

import re

from django.conf import settings
from django.http import HttpResponse

# No inline script or style anywhere: stored pages carry no nonce, and need none.
_IMAGES = f"img-src 'self' data: {settings.FILES_URL} {settings.TILES_ORIGIN}".strip()
CSP = (
    f"default-src 'none'; script-src 'self'; style-src 'self'; {_IMAGES}; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Frame-Options": "DENY",
}

# What an account or the desk shows stays in no cache of a browser that others may use after.
_OF_ONE_ALONE = re.compile(r"(?:/en)?/(?:compte|bureau|suivis)(?=/|$)")
# On signing out: what the browser kept of our pages, and the drafts that scripts keep in its tabs.
LEFT_BEHIND = '"cache", "storage"'
# Set by js/terrain on a street agent's phone while it holds people's words, sealed: it asks itself what becomes of them.
HOLDS_WORDS = "street_kit"

# What may stand in the page of any other site: it sends nothing, runs nothing and keeps nothing.
_FRAMABLE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors *"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "no-cache",
}


# The same, but that one may answer: to us, from our own page inside the frame.
_FRAMABLE_FORM = _FRAMABLE | {
    "Content-Security-Policy": _FRAMABLE["Content-Security-Policy"].replace(
        "form-action 'none'", "form-action 'self'"
    ),
    "Cache-Control": "no-store",
}


class FramableResponse(HttpResponse):
    """A page without script, form nor cookie, that any site may frame: no other page may be."""


class FramableForm(FramableResponse):
    """A question of a conversation, in the page of another site: it asks, and nothing of hers is kept in it."""


def add_headers(response: HttpResponse) -> None:
    if isinstance(response, FramableResponse):
        theirs = _FRAMABLE_FORM if isinstance(response, FramableForm) else _FRAMABLE
        for name, value in theirs.items():
            response.headers[name] = value
        response.cookies.clear()
    for name, value in HEADERS.items():
        if not (isinstance(response, FramableResponse) and name == "X-Frame-Options"):
            response.headers.setdefault(name, value)


def keep_nowhere(response: HttpResponse, path: str) -> None:
    """``path``: without what comes before it for an authority that shares its host."""
    if _OF_ONE_ALONE.match(path):
        response.headers["Cache-Control"] = "no-store"


def clear_what_is_left(response: HttpResponse, *, holds_words: bool = False) -> None:
    """``holds_words``: what the street kit keeps is not ours to throw away; the cache is."""
    response.headers["Clear-Site-Data"] = '"cache"' if holds_words else LEFT_BEHIND
