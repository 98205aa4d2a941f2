"""*En cinq minutes*: what one should know before coming."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.meetings.actions import publish_briefing
from democratic.participation.meetings.actions.briefing import PARTS
from democratic.participation.meetings.locking import is_draft
from democratic.participation.meetings.models import Briefing
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask
from democratic.web.meetings.desk.forms import BriefingForm
from democratic.web.meetings.desk.paths import crumbs, desk_meeting, desk_path
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
@for_agents
def write(request: Request, code: str) -> HttpResponse:
    meeting = desk_meeting(request, code)
    known = Briefing.objects.filter(meeting=meeting).first()
    initial = {part: getattr(known, part) for part in PARTS} if known else None
    form = BriefingForm(request.POST or None, initial=initial)

    def act(_said: dict[str, Any]) -> str:
        publish_briefing(meeting=meeting, brief=form.brief(), clock=request.clock)
        return desk_path(meeting)

    is_public = not is_draft(meeting)
    asked = Asked(
        title=_("En cinq minutes"),
        lead=_("Quatre textes courts, pour qui n’a rien suivi. Chaque version publiée reste au journal."),
        send=_("Publier") if is_public else _("Garder le brouillon"),
        done=_("C’est publié.") if is_public else _("C’est gardé : ce sera publié avec l’annonce."),
        crumbs=crumbs(meeting),
        is_public=is_public,
        is_announced=True,
    )
    return ask(request, form, act, asked)
