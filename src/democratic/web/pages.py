"""How a page is made: its ``<main>`` once for everyone and each version, the shell for each reader.

A stored ``<main>`` is keyed by authority, path and query, language and the version of its scope, which is
read on every request: nothing that was hidden or is gone is ever shown. What is personal (a button that
says "you support this") stands between ``<!--me:name-->`` and ``<!--/me-->`` and is replaced for the
reader alone.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from democratic.kernel.pages import Stamp, stamp_of
from democratic.web.feed_links import FeedLink
from democratic.web.requests import Request
from democratic.web.watched import live_address

SCOPE_HEADER = "X-Page-Version"
_ME = re.compile(r"<!--me:([a-z0-9:-]+)-->.*?<!--/me-->", re.DOTALL)


PREVIEW_SIZE = (1200, 630)


@dataclass(frozen=True, slots=True)
class Preview:
    """What networks and chats show of a shared link (ogp.me): whole addresses, and the picture's size in pixels."""

    address: str
    picture: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Main:
    """What a page's template needs, with its title for the shell. ``personal`` replaces the me-parts.

    ``feeds`` are named in the page's head, and are the template's ``feeds``. ``accent``: "#rrggbb", a colour
    that this page alone wears, to see how it looks. ``preview``: of a page that is not stored.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    description: str = ""
    section: str = ""
    status: int = 200
    feeds: tuple[FeedLink, ...] = ()
    accent: str = ""
    preview: Preview | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    html: str
    title: str
    description: str
    section: str
    feeds: tuple[FeedLink, ...] = ()
    imprint: str = ""
    accent: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a public page said, and when: ``version`` is that of its scope as ``SCOPE_HEADER`` writes it.

    ``imprint`` is of its ``<main>`` before anything personal: the same for all who read it in this language,
    and another as soon as one word of it is.
    """

    scope: UUID
    version: str
    imprint: str


class StoredPage(HttpResponse):
    """A public page, which one may be told of when it changes."""

    told: Told


def show(request: Request, main: Main) -> HttpResponse:
    """A page that is not stored: forms, confirmations, the desk."""
    html = render_to_string(main.template, {**main.context, "feeds": main.feeds}, request)
    kept = _Kept(html, str(main.title), str(main.description), main.section, main.feeds, accent=main.accent)
    return _in_shell(request, kept, status=main.status, preview=main.preview)


def show_once(request: Request, main: Main) -> HttpResponse:
    """A page that holds a secret: no cache keeps it, and one does not go back to it."""
    response = show(request, main)
    response.headers["Cache-Control"] = "no-store"
    return response


def show_stored(
    request: Request,
    scope: UUID,
    build: Callable[[], Main],
    *,
    personal: Callable[[], Mapping[str, str]] | None = None,
    is_kept: bool = True,
    is_each_hers: bool = False,
) -> HttpResponse:
    """A public page, stored under its scope's version. ``build`` must not look at who reads.

    ``is_kept`` False: made again each time, for an address that nobody else asks for; hers all the same.
    ``is_each_hers``: ``personal`` is asked for someone we know nothing of too, as for an order drawn for each.
    """
    stamp = stamp_of(scope)
    parts = (
        request.authority.pk,
        request.get_full_path(),
        get_language(),
        scope,
        stamp.version,
        stamp.quarter,
    )
    key = hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()  # addresses may be long
    kept: _Kept | None = caches["fragments"].get(key) if is_kept else None
    if kept is None:
        main = build()
        if main.status != 200:  # noqa: PLR2004
            return show(request, main)
        html = render_to_string(main.template, {**main.context, "feeds": main.feeds})
        kept = _Kept(
            html, str(main.title), str(main.description), main.section, main.feeds, _imprint_of(html)
        )
        if is_kept:
            caches["fragments"].set(key, kept)
    is_hers = is_each_hers or request.person is not None
    if is_hers and personal:
        mine = personal()
        replaced = _ME.sub(lambda part: mine.get(part[1], part[0]), kept.html)
        kept = replace(kept, html=replaced)
    response = StoredPage(_framed(request, kept, stamp))
    response.headers["Cache-Control"] = "private, no-cache"
    response.told = Told(scope, f"{stamp.version}:{stamp.quarter}", kept.imprint)
    if is_kept and not is_hers and not request.COOKIES:
        # Read by the server's entry, which keeps the whole answer and takes this header off.
        response.headers[SCOPE_HEADER] = f"{scope}:{response.told.version}"
    return response


def _imprint_of(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()[:16]


def _in_shell(request: Request, kept: _Kept, *, status: int, preview: Preview | None = None) -> HttpResponse:
    response = HttpResponse(_framed(request, kept, preview=preview), status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _framed(request: Request, kept: _Kept, stamp: Stamp | None = None, preview: Preview | None = None) -> str:
    """What the frame says is as the page's version was read; on what is not stored it may be seconds behind."""
    from democratic.web.shell import look_of, shell_context  # noqa: PLC0415  shell reads queries that pages don't

    context = shell_context(request, kept.title, kept.description, kept.section, as_safe(kept.html), stamp)
    context["feeds"] = kept.feeds
    context["live"] = stamp and live_address(request)
    context["imprint"] = kept.imprint
    context["preview"] = preview
    if kept.accent:
        context |= look_of(kept.accent, "")
    return render_to_string("web/shell.html", context)


def as_safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  rendered by our own templates, which escape
