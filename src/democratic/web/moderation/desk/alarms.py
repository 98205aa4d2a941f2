"""Closing an alarm: a person read it. It never hid anything by itself."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from democratic.stewardship.moderation.alarms import close_alarm
from democratic.stewardship.moderation.queries.waiting import open_alarms
from democratic.web.acts import spend_a_write
from democratic.web.moderation.desk.access import for_moderators
from democratic.web.moderation.phrases import desk_path
from democratic.web.requests import Request, someone


@require_POST
@for_moderators
def close(request: Request, alarm: UUID) -> HttpResponse:
    found = next((each for each in open_alarms(request.viewer) if each.pk == alarm), None)
    if found is None:
        raise Http404
    spend_a_write(request)
    close_alarm(alarm=found, closed_by=someone(request), clock=request.clock)
    messages.success(request, _("L’alerte est fermée. Les paroles qu’elle montrait attendent une décision."))
    return redirect(f"{desk_path()}?quoi=alertes")
