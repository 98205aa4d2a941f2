"""How a page is made: its ``<main>`` once for everyone and each version, the shell for each reader.

A stored ``<main>`` is keyed by authority, path and query, language and the version of its scope, which is
read on every request: nothing that was hidden or is gone is ever shown. What is personal (a button that
says "you support this") stands between ``<!--me:name-->`` and ``<!--/me-->`` and is replaced for the
reader alone.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from democratic.kernel.pages import page_state
from democratic.kernel.switches import read_only
from democratic.web.kept import Kept
from democratic.web.requests import Request

# Of pages that are not stored: those know it with their version.
READ_ONLY: Kept[str | None] = Kept(lambda _name: read_only(), seconds=2)
SCOPE_HEADER = "X-Page-Version"
_ME = re.compile(r"<!--me:([a-z0-9:-]+)-->.*?<!--/me-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Main:
    """What a page's template needs, with its title for the shell. ``personal`` replaces the me-parts."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    description: str = ""
    section: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    html: str
    title: str
    description: str
    section: str


def show(request: Request, main: Main) -> HttpResponse:
    """A page that is not stored: forms, confirmations, the desk."""
    html = render_to_string(main.template, dict(main.context), request)
    kept = _Kept(html, str(main.title), str(main.description), main.section)
    return _in_shell(request, kept, status=main.status, read_only=READ_ONLY.of())


def show_stored(
    request: Request,
    scope: UUID,
    build: Callable[[], Main],
    *,
    personal: Callable[[], Mapping[str, str]] | None = None,
) -> HttpResponse:
    """A public page, stored under its scope's version. ``build`` must not look at who reads."""
    version, today, why_read_only = page_state(scope)
    # Lateness and open stages change with the day: a page is never kept past midnight.
    parts = (request.authority.pk, request.get_full_path(), get_language(), scope, version, today)
    key = hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()  # addresses may be long
    kept: _Kept | None = caches["fragments"].get(key)
    if kept is None:
        main = build()
        if main.status != 200:  # noqa: PLR2004
            return show(request, main)
        html = render_to_string(main.template, dict(main.context))
        kept = _Kept(html, str(main.title), str(main.description), main.section)
        caches["fragments"].set(key, kept)
    is_known = request.person is not None
    if is_known and personal:
        mine = personal()
        replaced = _ME.sub(lambda part: mine.get(part[1], part[0]), kept.html)
        kept = _Kept(replaced, kept.title, kept.description, kept.section)
    response = _in_shell(request, kept, read_only=why_read_only)
    if not is_known and not request.COOKIES:
        # Read by the server's entry, which keeps the whole answer and takes this header off.
        response.headers[SCOPE_HEADER] = f"{scope}:{version}:{today}"
    return response


def _in_shell(request: Request, kept: _Kept, *, read_only: str | None, status: int = 200) -> HttpResponse:
    from democratic.web.shell import shell_context  # noqa: PLC0415  shell reads queries that pages don't

    context = shell_context(
        request, kept.title, kept.description, kept.section, as_safe(kept.html), read_only
    )
    response = HttpResponse(render_to_string("web/shell.html", context), status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def as_safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  rendered by our own templates, which escape
