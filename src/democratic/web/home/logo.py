"""The logo's own address: for all who read the pages of this authority, as long as it is its logo."""

import re

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from democratic.communities.logo import logo_shown_by
from democratic.kernel.files import THUMBNAILS
from democratic.web.files_host import answer_with, guarded
from democratic.web.requests import Request

OK = 200
_SHA256 = re.compile(r"[0-9a-f]{64}")


@require_safe
def logo(request: Request, sha256: str) -> HttpResponse:
    """We encoded it ourselves, from the points of what was sent: it holds no script, and is drawn only."""
    stored = logo_shown_by(request.authority, sha256) if _SHA256.fullmatch(sha256) else None
    if stored is None:
        raise Http404
    answer = guarded(answer_with(stored, THUMBNAILS[0]), f'"{sha256}.{stored.has_thumbnails}"')
    if answer.status_code == OK:
        answer.headers["Cache-Control"] = "public, max-age=86400"  # its address is its content
    return answer
