"""A feed is stored as its page is: under its scope's version. A reader that has it already gets 304."""

import hashlib
from collections.abc import Callable
from uuid import UUID

from django.core.cache import caches
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from democratic.kernel.pages import stamp_of
from democratic.web.feed_links import TYPES, Form
from democratic.web.pages import SCOPE_HEADER
from democratic.web.requests import Request

OK = 200


def give_stored(request: Request, scope: UUID, form: Form, write: Callable[[], bytes]) -> HttpResponse:
    """``write`` must not look at who reads."""
    stamp = stamp_of(scope)
    whose = (request.authority.pk, request.get_full_path(), get_language(), scope)
    parts = ("feed", *whose, stamp.version, stamp.quarter)
    key = hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()
    body: bytes | None = caches["fragments"].get(key)
    if body is None:
        body = write()
        caches["fragments"].set(key, body)
    response = give(request, form, body)
    if response.status_code == OK and request.person is None and not request.COOKIES:
        response.headers[SCOPE_HEADER] = f"{scope}:{stamp.version}:{stamp.quarter}"
    return response


def give(request: Request, form: Form, body: bytes) -> HttpResponse:
    """The feed, or 304 to who has it already."""
    response = HttpResponse(body, content_type=f"{TYPES[form]}; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    # Weak: the server's entry may send the same words compressed.
    response.headers["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    if known is not None and known is not response:
        return HttpResponse(status=known.status_code, headers=dict(known.headers))
    return response
