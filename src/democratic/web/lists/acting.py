"""A wave held, taken up again or ended; a list erased before its day."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.campaigns.lists.keeping import erase_list_now
from democratic.participation.campaigns.lists.steering import end_wave, pause_wave, resume_wave
from democratic.web.campaigns.reading import campaign_path
from democratic.web.desk.access import for_agents
from democratic.web.lists.reading import desk_list, desk_wave, list_path
from democratic.web.requests import Request


@require_POST
@for_agents
def steer(request: Request, slug: str, campaign: UUID, one: UUID, wave: UUID) -> HttpResponse:
    """``acte``: pause, reprendre or arreter; pressed twice, it is done once."""
    found = desk_wave(request, slug, campaign, one, wave)
    acts = {
        "pause": (lambda: pause_wave(wave=found), _("C’est en pause : plus rien ne part.")),
        "reprendre": (lambda: resume_wave(wave=found), _("C’est reparti.")),
        "arreter": (lambda: end_wave(wave=found, clock=request.clock), _("C’est arrêté, pour de bon.")),
    }
    if act := acts.get(request.POST.get("acte", "")):
        try:
            act[0]()
            messages.success(request, act[1])
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
    return redirect(list_path(found.address_list))


@require_POST
@for_agents
def erase(request: Request, slug: str, campaign: UUID, one: UUID) -> HttpResponse:
    found = desk_list(request, slug, campaign, one)
    try:
        erase_list_now(address_list=found, clock=request.clock)
        messages.success(request, _("Les adresses sont effacées ; les nombres restent."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(list_path(found))
    return redirect(campaign_path(found.campaign))
