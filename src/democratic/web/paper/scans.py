"""The pages of a scan: settled by somebody, and their pictures."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from democratic.kernel.refusals import Refusal
from democratic.participation.paper.actions import settle_page
from democratic.participation.paper.models import ScanPage
from democratic.participation.paper.queries import picture_for
from democratic.web.desk.access import for_agents
from democratic.web.paper.places import batch_path, desk_batch
from democratic.web.requests import Request


@require_POST
@for_agents
def settle(request: Request, slug: str, batch: UUID, leaf: UUID) -> HttpResponse:
    found = desk_batch(request, slug, batch)
    shown = ScanPage.objects.filter(pk=leaf, file__batch=found).first()
    if shown is None:
        raise Http404
    try:
        settle_page(batch=found, page=shown)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Page réglée : son image est effacée."))
    return redirect(batch_path(found))


@require_safe
@for_agents
def picture(request: Request, slug: str, batch: UUID, leaf: UUID, part: str) -> HttpResponse:
    """Drawn by us from the scan; for agents alone, and kept by no cache."""
    content = picture_for(desk_batch(request, slug, batch), leaf, part)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response
