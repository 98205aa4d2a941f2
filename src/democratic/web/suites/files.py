"""Files that evidence shows. Asked for each time: what was withdrawn is gone at once, for everyone."""

import re

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from democratic.kernel.files import open_file
from democratic.kernel.models import StoredFile
from democratic.participation.commitments.queries import file_shown_to
from democratic.web.requests import Request

_SHA256 = re.compile(r"[0-9a-f]{64}")
# Drawn by the browser, never run: no script can hide in them. Anything else is handed over to be saved.
_DRAWN = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_SAVED = {"application/pdf": "pdf"}


@require_safe
def file(request: Request, sha256: str) -> HttpResponse:
    if not _SHA256.fullmatch(sha256):
        raise Http404
    stored = file_shown_to(request.viewer, sha256)
    if stored is None:
        raise Http404
    etag = f'"{sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return _guarded(HttpResponseNotModified(), etag)
    return _guarded(_content(stored), etag)


def _content(stored: StoredFile) -> HttpResponse:
    kind = stored.content_type
    is_drawn = kind in _DRAWN
    response = HttpResponse(open_file(stored), content_type=kind if is_drawn else "application/octet-stream")
    ending = _DRAWN.get(kind) or _SAVED.get(kind, "bin")
    how = "inline" if is_drawn else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="preuve-{stored.sha256[:12]}.{ending}"'
    return response


def _guarded(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
