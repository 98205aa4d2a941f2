"""A list is given: sent once, it is looked at; sent again from that page, it is kept."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from civics.reach.address_file import BadLine, Fault
from democratic.kernel.clock import local_day
from democratic.kernel.ids import uuid7
from democratic.kernel.refusals import Refusal
from democratic.participation.campaigns.lists.keeping import LONGEST, Terms, keep_list, refuse_terms
from democratic.participation.campaigns.lists.reading import Given, read_list
from democratic.participation.campaigns.models import Campaign
from democratic.web.acts import attempt, refused, refused_by, spend_a_write
from democratic.web.campaigns.reading import campaign_crumbs, desk_campaign
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import acknowledge, desk_page
from democratic.web.formats import number
from democratic.web.lists.forms import ListForm
from democratic.web.lists.reading import list_path
from democratic.web.requests import Request

KEEP = "keep"
TERMS = ("name", "kind", "language", "source", "basis", "given_on", "erase_on")
_WHY: dict[Fault, Promise] = {
    Fault.NONE: gettext_lazy("rien n’y est une adresse."),
    Fault.SEVERAL: gettext_lazy("il y en a plusieurs : gardez-en une par ligne."),
    Fault.NOT_A_MOBILE: gettext_lazy("c’est un téléphone fixe : il ne reçoit pas de SMS."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def new(request: Request, slug: str, campaign: UUID) -> HttpResponse:
    found = desk_campaign(request, slug, campaign)
    sent = request.POST if request.method == "POST" else None
    today = local_day(request.clock.now(), request.authority.time_zone)
    form = ListForm(sent, request.FILES if sent is not None else None, initial={"erase_on": today + LONGEST})
    looked: dict[str, Any] | None = None
    if sent is not None and sent.get("part") == KEEP:
        location = attempt(request, form, lambda _person, cleaned: _keep(request, found, cleaned))
        if location is not None:
            acknowledge(request, _("La liste est gardée. Rien n’est parti : écrivez maintenant le message."))
            return location
    elif sent is not None:
        looked = _look(request, form)
    context = {
        "form": ListForm(initial=form.cleaned_data) if looked else form,
        "looked": looked,
        "key": request.POST.get("key") or uuid7().hex,
    }
    return desk_page(
        request,
        "list_new.html",
        context,
        title=_("Donner une liste"),
        crumbs=campaign_crumbs(found),
        status=200 if looked else refused(form),
    )


def _terms(cleaned: dict[str, Any]) -> Terms:
    return Terms(**{name: cleaned[name] for name in TERMS})


def _keep(request: Request, campaign: Campaign, cleaned: dict[str, Any]) -> str:
    kept = keep_list(campaign=campaign, terms=_terms(cleaned), text=cleaned["addresses"], clock=request.clock)
    kept.campaign = campaign
    return list_path(kept)


def _look(request: Request, form: ListForm) -> dict[str, Any] | None:
    """What would be kept; None when it may not be, and the form says why."""
    if not form.is_valid():
        return None
    cleaned = form.cleaned_data
    try:
        spend_a_write(request)
        refuse_terms(_terms(cleaned), local_day(request.clock.now(), request.authority.time_zone))
        given = read_list(cleaned["kind"], cleaned["addresses"])
    except Refusal as refusal:
        refused_by(form, refusal)
        return None
    return _preview(given)


def _preview(given: Given) -> dict[str, Any]:
    return {
        "people": number(len(given.addresses)),
        "is_empty": not given.addresses,
        "stopped": number(given.stopped),
        "repeated": number(given.repeated),
        "unread": number(given.unread),
        "bad": [_bad(each) for each in given.bad],
        "more": given.unread - len(given.bad),
    }


def _bad(bad: BadLine) -> str:
    told = {"n": bad.line, "said": bad.said[:80], "why": _WHY[bad.fault]}
    return _("Ligne %(n)d, « %(said)s » : %(why)s") % told
