"""The public journal as files, streamed: what ``democratic audit URL`` reads. Open to other sites."""

from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from civics.ledger.readme import README
from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import Refusal
from democratic.thread.journal.export import (
    NothingSigned,
    entry_lines,
    exportable_size,
    head_lines,
    key_document,
    opening_lines,
)
from democratic.web.acts import respond_to_refusal
from democratic.web.guests import network_of
from democratic.web.requests import Request

EXPORTS = Limit("journal-export", 60, 600)
LINES = "application/x-ndjson; charset=utf-8"


def public_key() -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(settings.JOURNAL_PUBLIC_KEY))


def _stream(request: Request, lines: Iterator[bytes]) -> HttpResponse | StreamingHttpResponse:
    try:
        spend(EXPORTS, network_of(request))
    except Refusal as refusal:
        return respond_to_refusal(refusal)
    response = StreamingHttpResponse(lines, content_type=LINES)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _size() -> int:
    try:
        return exportable_size(public_key())
    except NothingSigned:
        return 0


@require_GET
def entries(request: Request) -> HttpResponse | StreamingHttpResponse:
    """``?depuis=N`` goes on after the first N lines."""
    since = request.GET.get("depuis", "0")
    if not since.isdecimal():
        return HttpResponse(_("« depuis » est un nombre de lignes."), status=400, content_type="text/plain")
    return _stream(request, entry_lines(int(since), _size()))


@require_GET
def openings(request: Request) -> HttpResponse | StreamingHttpResponse:
    return _stream(request, opening_lines(_size()))


@require_GET
def heads(request: Request) -> HttpResponse | StreamingHttpResponse:
    return _stream(request, head_lines(public_key()))


@require_GET
def key(_request: Request) -> HttpResponse:
    return HttpResponse(key_document(public_key()), content_type="application/json")


@require_GET
def readme(_request: Request) -> HttpResponse:
    return HttpResponse(README, content_type="text/plain; charset=utf-8")
