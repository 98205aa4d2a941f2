"""Pages of the authority, each at its address: an old one leads to the new one, for good."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.communities.editorial.models import Publication
from democratic.communities.editorial.queries import page_at, piece_by_code
from democratic.kernel.ids import read_code
from democratic.thread.models import Kind
from democratic.web.pages import Main, show_stored
from democratic.web.places import at, page_path
from democratic.web.requests import Request
from democratic.web.written.drawn import drawn, excerpt_of


@require_safe
def page(request: Request, slug: str) -> HttpResponse:
    now = request.clock.now()
    found = page_at(request.authority, slug, now)
    if found is None and (code := read_code(slug)):
        found = piece_by_code(request.authority, Kind.PAGE, code, now)
    if found is None:
        raise Http404
    if found.slug != slug:
        return redirect(page_path(found.slug), permanent=True)
    shown = found
    return show_stored(request, request.authority.pk, lambda: _page(shown))


def _page(publication: Publication) -> Main:
    title = publication.record.title
    context: dict[str, Any] = {
        "prefix": at(""),
        "trail": [(_("Plus"), at("/plus")), (title, "")],
        **drawn(publication),
    }
    return Main("web/editorial/piece.html", context, title, str(excerpt_of(publication.record, 160)))
