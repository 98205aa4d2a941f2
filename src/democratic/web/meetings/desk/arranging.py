"""By which means one takes part: video, telephone, captions, seats, the order of speech, votes that stay open."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.meetings.actions import arrange_meeting
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask
from democratic.web.meetings.desk.forms import MeansForm, means_of
from democratic.web.meetings.desk.paths import crumbs, desk_meeting, desk_path
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
@for_agents
def arrange(request: Request, code: str) -> HttpResponse:
    meeting, zone = desk_meeting(request, code), request.authority.time_zone
    form = MeansForm(request.POST or None, initial=means_of(meeting, zone))

    def act(_said: dict[str, Any]) -> str:
        arrange_meeting(meeting=meeting, means=form.means(zone), clock=request.clock)
        return desk_path(meeting)

    asked = Asked(
        title=_("Comment on y prend part"),
        lead=_(
            "La vidéo s’ouvre ici une demi-heure avant. Rien n’est demandé à qui la porte avant l’accord de qui lit."
        ),
        send=_("Enregistrer"),
        done=_("C’est enregistré, et sur la page de la rencontre dès qu’elle est annoncée."),
        crumbs=crumbs(meeting),
        is_announced=True,
    )
    return ask(request, form, act, asked)
