"""Which pages are worth keeping: not each of the millions that filters and searches can ask for."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpResponse

from democratic.web.pages import Main, show_stored
from democratic.web.requests import Request

LONGEST_KEPT = 120


def show_kept(
    request: Request,
    scope: UUID,
    build: Callable[[], Main],
    *,
    personal: Callable[[], Mapping[str, str]] | None = None,
) -> HttpResponse:
    """Stored under its scope's version, unless its address is so long that nobody else will ask for it."""
    is_kept = len(request.get_full_path()) <= LONGEST_KEPT
    return show_stored(request, scope, build, personal=personal, is_kept=is_kept)
