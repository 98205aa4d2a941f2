"""Files that Records show. Asked for each time: what was withdrawn is gone at once, for everyone.

With an origin of their own (``DEMOCRATIC_FILES_URL``), the pages' host checks and sends there by a link
that lasts a minute; there nothing but files is answered, and no cookie is read (``web.files_host``).
"""

import re

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.views.decorators.http import require_safe

from democratic.kernel.files import THUMBNAILS
from democratic.thread.queries.attachments import attachment_shown_to
from democratic.web.files_host import answer_with, guarded, link_to
from democratic.web.requests import Request

_SHA256 = re.compile(r"[0-9a-f]{64}")


@require_safe
def file(request: Request, sha256: str, width: int = 0) -> HttpResponse:
    if not _SHA256.fullmatch(sha256) or width not in (0, *THUMBNAILS):
        raise Http404
    attachment = attachment_shown_to(request.viewer, sha256)
    if attachment is None:
        raise Http404
    if settings.FILES_URL:
        away = HttpResponseRedirect(link_to(attachment.record_id, sha256, width))
        away.headers["Cache-Control"] = "no-store"
        return away
    etag = f'"{sha256}.{width if attachment.file.has_thumbnails else 0}"'
    if request.headers.get("If-None-Match") == etag:
        return guarded(HttpResponseNotModified(), etag)
    return guarded(answer_with(attachment.file, width), etag)
