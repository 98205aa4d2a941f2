"""A sheet as an answer: 304 to who has this very one, a sentence when it cannot be composed."""

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from democratic.kernel.limits import Limit, spend
from democratic.kernel.outages import Unavailable
from democratic.kernel.refusals import Refusal
from democratic.web.acts import respond_to_refusal
from democratic.web.charts.slots import CannotDraw
from democratic.web.guests import network_of
from democratic.web.kits.making import PDF, PICTURE, PREVIEW, Sheet, is_made, made
from democratic.web.requests import Request

SHEETS = Limit("sheets-of-network", 60, 600)
TYPES = {PDF: "application/pdf", PREVIEW: "image/svg+xml; charset=utf-8", PICTURE: "image/png"}
# A preview is our drawing of people's words: it may load and run nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def give(request: Request, sheet: Sheet, form: str, *, name: str, is_public: bool = False) -> HttpResponse:
    """``is_public``: one that is not kept yet counts against the network that asks for it."""
    etag = f'"{sheet.digest}.{form}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    try:
        if is_public and not is_made(sheet, form):
            spend(SHEETS, network_of(request))
        content = made(sheet, form)
    except Refusal as refusal:
        return respond_to_refusal(refusal)
    except (CannotDraw, Unavailable):
        told = _("Cette feuille ne peut pas être composée pour l’instant. Réessayez dans une minute.")
        return HttpResponse(told, status=503, content_type="text/plain; charset=utf-8")
    kind = form.partition(":")[0]
    response = HttpResponse(content, content_type=TYPES[kind])
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    if form == PREVIEW:
        response.headers["Content-Security-Policy"] = _POLICY
    else:
        response.headers["Content-Disposition"] = f'inline; filename="{name}.{kind}"'
    return response
