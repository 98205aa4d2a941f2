"""How a file is served, and the host that serves nothing else."""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from democratic.kernel.files import open_file
from democratic.kernel.models import StoredFile
from democratic.thread.queries.attachments import file_still_shown

logger = logging.getLogger(__name__)

LINK_LIFE = 60  # seconds
_PREFIX = "/f/"
_SALT = "democratic.file"
_NOT_FOUND, _NOT_ALLOWED, _UNAVAILABLE = 404, 405, 503
# Drawn by the browser, never run: no script can hide in what we encoded. Anything else is handed over.
_DRAWN = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def link_to(record_id: UUID, sha256: str, width: int) -> str:
    """For whoever holds it, during a minute: it was given to someone who may see that Record."""
    signed = signing.dumps([str(record_id), sha256, width], salt=_SALT, compress=True)
    return f"{settings.FILES_URL}{_PREFIX}{signed}"


def files_host(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Before everything else: on the files' host no page, no session and no static file is ever answered."""
    host = urlsplit(settings.FILES_URL).netloc

    def respond(request: HttpRequest) -> HttpResponse:
        if not host or request.get_host() != host:
            return get_response(request)
        return _answer(request)

    return respond


def _answer(request: HttpRequest) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return _plain(_NOT_ALLOWED)
    if not request.path.startswith(_PREFIX):
        return _plain(_NOT_FOUND)
    try:
        record_id, sha256, width = signing.loads(
            request.path.removeprefix(_PREFIX), salt=_SALT, max_age=LINK_LIFE
        )
    except signing.BadSignature:
        return _plain(_NOT_FOUND)
    stored = file_still_shown(UUID(record_id), sha256)
    if stored is None:
        return _plain(_NOT_FOUND)
    response = guarded(answer_with(stored, width), f'"{sha256}.{width}"')
    response.headers["Cache-Control"] = "no-store"
    # The pages are another origin: they draw it in an <img>, and can read nothing of it.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def answer_with(stored: StoredFile, width: int) -> HttpResponse:
    """The image or its thumbnail, to be drawn; a document, to be saved; 503 when the store is silent."""
    is_drawn = stored.content_type in _DRAWN
    small = _thumbnail(stored, width) if width and stored.has_thumbnails else b""
    try:
        content = small or open_file(stored)
    except OSError:
        logger.exception("the store of files does not answer")
        return _plain(_UNAVAILABLE)
    kind = "image/webp" if small else stored.content_type
    response = HttpResponse(content, content_type=kind if is_drawn else "application/octet-stream")
    how = "inline" if is_drawn else "attachment"
    ending = _DRAWN.get(kind, "pdf")
    response.headers["Content-Disposition"] = f'{how}; filename="fichier-{stored.sha256[:12]}.{ending}"'
    return response


def _thumbnail(stored: StoredFile, width: int) -> bytes:
    """Nothing when it was lost (a store restored without it): the image itself is shown."""
    try:
        return open_file(stored, width)
    except OSError:
        logger.warning("thumbnail %s of %s cannot be read", width, stored.sha256[:12])
        return b""


def guarded(response: HttpResponse, etag: str) -> HttpResponse:
    """Whatever it is: no sniffing, no script, nothing loaded from it, and asked for again each time."""
    if response.status_code != _UNAVAILABLE:
        response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _plain(status: int) -> HttpResponse:
    text = {
        _NOT_FOUND: _("Ce fichier n’est pas ici, ou son lien a expiré. Revenez à la page qui le montre."),
        _NOT_ALLOWED: _("Ici, on ne peut que lire des fichiers."),
        _UNAVAILABLE: _("Notre réserve de fichiers ne répond pas. Réessayez dans un instant."),
    }[status]
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
