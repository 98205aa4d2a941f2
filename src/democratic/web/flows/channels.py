"""« Canaux » at the desk: by what people may write to us, what each can do, and the decision that opened it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from democratic.messaging.models import ChannelUse
from democratic.messaging.opening import Terms, set_terms, use_of, uses_of
from democratic.messaging.ports import capabilities, channel_of
from democratic.web.desk.access import for_administrators
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.flows.forms import ChannelForm
from democratic.web.flows.words import abilities
from democratic.web.places import at
from democratic.web.requests import Request


@require_safe
@for_administrators
def listed(request: Request) -> HttpResponse:
    context = {"rows": [_row(use) for use in uses_of(request.authority)]}
    return desk_page(request, "channels.html", context, title=_("Canaux"))


def _row(use: ChannelUse) -> dict[str, Any]:
    channel = channel_of(use.kind)
    return {
        "name": use.get_kind_display(),
        "url": at(f"/bureau/canaux/{use.kind}"),
        "is_open": use.is_open,
        "abilities": abilities(capabilities(use)),
        "is_unproved": not channel.is_real and use.proved_at is None,
        "decided_on": use.decided_on,
        "templates": at(f"/bureau/canaux/{use.kind}/modeles") if channel.can.has_templates else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def detail(request: Request, kind: str) -> HttpResponse:
    try:
        use = use_of(request.authority, kind)
    except KeyError as unknown:
        raise Http404 from unknown
    form = ChannelForm.of(use, request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        set_terms(authority=request.authority, kind=kind, terms=Terms(**cleaned))
        return at("/bureau/canaux")

    asked = Asked(
        title=use.get_kind_display(),
        lead=_(
            "Fermé tant que sa décision de protection des données n’est pas écrite ici. STOP est toujours obéi."
        ),
        send=_("Enregistrer"),
        done=_("C’est enregistré."),
        crumbs=((_("Canaux"), at("/bureau/canaux")),),
        is_public=False,
    )
    return ask(request, form, act, asked)
