"""The authority's one reply to a verdict, from its desk."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.ids import read_code
from democratic.observatory.actions import reply_to_verdict
from democratic.observatory.queries import get_verdict_for
from democratic.thread.queries import RecordNotFound
from democratic.web.desk.access import for_officials, own_office
from democratic.web.desk.pages import Asked, ask
from democratic.web.observatory.desk import desk_path
from democratic.web.observatory.forms import ReplyForm
from democratic.web.places import record_path
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import title_of


@require_http_methods(["GET", "POST"])
@for_officials
def reply(request: Request, code: str) -> HttpResponse:
    try:
        verdict = get_verdict_for(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing
    office, back = own_office(request), record_path("verdict", verdict.record.code)

    def act(cleaned: dict[str, Any]) -> str:
        reply_to_verdict(verdict=verdict, official=office, text=cleaned["text"], clock=request.clock)
        return back

    asked = Asked(
        title=_("Répondre à l’observatoire"),
        lead=_("Une seule réponse, datée, à côté de l’avis. L’avis n’en change pas."),
        send=_("Publier la réponse"),
        done=_("La réponse est publiée, à côté de l’avis."),
        crumbs=((_("Observatoire"), desk_path()), (title_of(verdict.commitment.record), back)),
        is_announced=True,
    )
    return ask(request, ReplyForm(request.POST or None), act, asked)
