"""« Mes canaux et mes accords »: where I am written to, what I said yes to, in which words; and the way back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.refusals import Refusal
from democratic.messaging.stopping import stop_all_notices, stop_notices
from democratic.people.actions import resume_address
from democratic.people.models import Consent, ConsentSource, ContactAddress
from democratic.people.queries import address_book, consents_of, get_address_for, person_and_claimed
from democratic.web.accounts.words import WE_WRITE
from democratic.web.acts import spend_a_write
from democratic.web.formats import day, hour
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request, someone

LINES = 20
STOP, RESUME, STOP_ALL = "arreter", "reprendre", "tout"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def my_consents(request: Request) -> HttpResponse:
    ids = person_and_claimed(someone(request))
    if request.method == "POST":
        return _change(request, ids)
    page = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else 0
    page = min(page, 10_000)
    lines = consents_of(ids, skip=page * LINES, limit=LINES + 1)
    addresses = address_book(ids)
    context: dict[str, Any] = {
        "addresses": [_address(each) for each in addresses],
        "some_receive": any(each.stopped_at is None for each in addresses),
        "words": WE_WRITE,
        "lines": [_line(each) for each in lines[:LINES]],
        "page": page,
        "next": page + 1 if len(lines) > LINES else None,
        "empty": {
            "what": _("Nous n’avons aucune adresse où vous écrire"),
            "why": _("Il y en aura une quand vous la laisserez pour suivre une parole."),
            "who": _("Vous seule ou vous seul voyez cette page."),
            "action": (_("Voir les concertations"), at("/participer")),
        },
    }
    return show(request, Main("web/accounts/consents.html", context, title=_("Mes canaux et mes accords")))


def _address(each: ContactAddress) -> dict[str, Any]:
    if each.stopped_at is not None:
        state = _("Arrêtée le %(day)s : nous n’y écrivons plus.") % {"day": day(each.stopped_at)}
    elif each.confirmed_at is None:
        state = _("Pas encore confirmée : nous n’y écrivons pas.")
    else:
        state = _("Nous y écrivons, depuis le %(day)s.") % {"day": day(each.confirmed_at)}
    act = "" if each.stopped_at and not each.confirmed_at else RESUME if each.stopped_at else STOP
    return {"pk": str(each.pk), "email": each.email, "state": state, "act": act}


def _line(each: Consent) -> dict[str, Any]:
    source = ConsentSource(each.source).label
    proved = (
        _("prouvé le %(day)s") % {"day": day(each.proved_at)} if each.proved_at else _("sans preuve encore")
    )
    taken = ""
    if each.withdrawn_at:
        by = ConsentSource(each.withdrawn_by or ConsentSource.EARLIER).label
        taken = _("Retiré le %(day)s, %(by)s.") % {"day": day(each.withdrawn_at), "by": by}
    return {
        "purpose": each.get_purpose_display(),
        "email": each.address.email if each.address else _("une adresse qui n’est plus gardée"),
        "words": each.wording,
        "language": each.language,
        "given": _("Donné le %(day)s à %(hour)s, %(source)s ; %(proved)s. Tranche d’âge : %(age)s.")
        % {
            "day": day(each.given_at), "hour": hour(each.given_at), "source": source, "proved": proved,
            "age": each.get_age_band_display(),
        },
        "taken": taken,
    }  # fmt: skip


def _change(request: Request, ids: list[UUID]) -> HttpResponse:
    acts: dict[str, Callable[[], str]] = {
        STOP: lambda: _stop(request, ids),
        RESUME: lambda: _resume(request, ids),
        STOP_ALL: lambda: _stop_all(request, ids),
    }
    act = acts.get(request.POST.get("acte", ""), lambda: "")
    try:
        spend_a_write(request)
        if said := act():
            messages.success(request, said)
        else:
            messages.error(request, _("Cette adresse n’est plus là. La page a été mise à jour."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(at("/compte/accords"))


def _stop(request: Request, ids: list[UUID]) -> str:
    address = get_address_for(ids, request.POST.get("adresse", ""))
    if address is None:
        return ""
    stop_notices(address=address, clock=request.clock, source=ConsentSource.LEDGER)
    return _("C’est arrêté : plus rien ne partira vers %(email)s.") % {"email": address.email}


def _resume(request: Request, ids: list[UUID]) -> str:
    address = get_address_for(ids, request.POST.get("adresse", ""))
    if address is None:
        return ""
    resume_address(address=address, wording=str(WE_WRITE), clock=request.clock)
    return _("C’est noté : nous écrirons de nouveau à %(email)s.") % {"email": address.email}


def _stop_all(request: Request, ids: list[UUID]) -> str:
    stop_all_notices(person_ids=ids, clock=request.clock)
    return _("C’est arrêté partout : plus rien ne vous sera envoyé.")
