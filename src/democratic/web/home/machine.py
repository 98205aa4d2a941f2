"""What robots and researchers read: robots.txt, the sitemap, and where to report a weakness (RFC 9116)."""

from datetime import UTC, timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from democratic.kernel.colour import is_colour
from democratic.participation.reports.sitemap import public_pages
from democratic.thread.addresses import public_address
from democratic.thread.models import Kind
from democratic.web.home.texts import TEXTS
from democratic.web.places import FOLDER
from democratic.web.processes.days import anyone
from democratic.web.requests import Request

MOST_ADDRESSES = 10_000  # five times less than the protocol's own limit, and one query
VALID_DAYS = 180
LISTS = ("", "participer", "commandes", "agenda", "engagements", "organisations", "elus")

ROBOTS = """User-agent: *
Disallow: /bureau
Disallow: /compte
Disallow: /connexion
Disallow: /courrier
Disallow: /demo/
Disallow: /live/
Disallow: /recherche
Disallow: /rejoindre/
Disallow: /retrouver
Disallow: /suivis
Disallow: /en/bureau
Disallow: /en/compte
Disallow: /en/connexion
Disallow: /en/live/
Disallow: /en/recherche
Disallow: /en/rejoindre/
Disallow: /en/retrouver
Disallow: /en/suivis

Sitemap: {address}/sitemap.xml
"""


@require_safe
def appearance(_request: Request, colour: str) -> HttpResponse:
    """The one token that an authority sets; the sheet says its colour in its address, and never changes."""
    if not is_colour(f"#{colour}"):
        raise Http404
    css = f"@layer tokens{{:root{{--authority:#{colour}}}}}\n"
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers=kept)


@require_safe
def robots(request: Request) -> HttpResponse:
    return _plain(ROBOTS.format(address=public_address(request.authority)))


@require_safe
def security(request: Request) -> HttpResponse:
    """``Expires`` moves with the day it is read: the file says so as long as someone serves it."""
    address = public_address(request.authority)
    contact = getattr(settings, "SECURITY_CONTACT", "") or f"{address}/mentions-legales#contact"
    expires = (request.clock.now() + timedelta(days=VALID_DAYS)).astimezone(UTC)
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: fr, en",
        f"Canonical: {address}/.well-known/security.txt",
    )
    return _plain("\n".join(lines) + "\n")


@require_safe
def sitemap(request: Request) -> HttpResponse:
    """The latest public pages of this authority, each in its languages."""
    address = public_address(request.authority)
    paths = [*LISTS, *(text.path for text in TEXTS), *_record_paths(request)]
    is_in_english = request.authority.speaks("en")
    body = "".join(_url(address, path, is_in_english=is_in_english) for path in paths[:MOST_ADDRESSES])
    return HttpResponse(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{body}</urlset>\n',
        content_type="application/xml; charset=utf-8",
    )


def _record_paths(request: Request) -> list[str]:
    return [
        f"concertations/{slug}" if slug else f"{FOLDER[Kind(kind)]}/{code}"
        for kind, code, slug in public_pages(anyone(request), MOST_ADDRESSES)
    ]


def _url(address: str, path: str, *, is_in_english: bool) -> str:
    french, english = escape(f"{address}/{path}"), escape(f"{address}/en/{path}")
    other = f'<xhtml:link rel="alternate" hreflang="en" href="{english}"/>' if is_in_english else ""
    return f"<url><loc>{french}</loc>{other}</url>\n"


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
