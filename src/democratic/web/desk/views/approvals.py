"""Asking an elected person, by mail, whether she agrees with a draft; and how the desk says where that stands."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.approvals.actions import ask_approval
from democratic.participation.approvals.links import LIFE
from democratic.participation.approvals.queries import Standing, approval_of
from democratic.participation.approvals.reading import draft_of
from democratic.thread.models import Kind, Record, Visibility
from democratic.web.desk.access import desk_record, for_agents
from democratic.web.formats import day
from democratic.web.places import at
from democratic.web.requests import Request

PAGES = {Kind.MANDATE: "/bureau/commandes/%s", Kind.ANSWER: "/bureau/reponses/%s"}


@require_POST
@for_agents
def ask(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.MANDATE, Kind.ANSWER)
    try:
        ask_approval(record=record, clock=request.clock)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Son accord est demandé, par un message et pour sept jours."))
    return redirect(at(PAGES[Kind(record.kind)] % record.code))


def approval_part(record: Record, now: datetime) -> dict[str, Any] | None:
    """For desk/approval.html: where it stands, and whether it may be asked. None once it is published."""
    draft = draft_of(record) if record.visibility == Visibility.DRAFT else None
    if draft is None:
        return None
    held = approval_of(record, draft, now)
    return {
        "told": _told(held.standing, held.request),
        "reason": held.request.reason if held.request and held.standing == Standing.REFUSED else "",
        "is_given": held.standing == Standing.APPROVED,
        "name": draft.official.name,
        "may_ask": held.standing != Standing.APPROVED and draft.official.person_id is not None,
        "is_again": held.standing != Standing.NEVER,
        "path": at(f"/bureau/accords/{record.code}"),
    }


def _told(standing: Standing, request: Any) -> str:
    if request is None:
        return ""
    who = request.official.name
    answered = request.answered_at and day(request.answered_at)
    if standing == Standing.APPROVED:
        told = (
            _("%(who)s a approuvé ce texte le %(day)s, par délégation.")
            if request.is_by_delegation
            else _("%(who)s a approuvé ce texte le %(day)s.")
        )
        return told % {"who": who, "day": answered}
    if standing == Standing.REFUSED:
        return _("%(who)s n’a pas approuvé ce texte, le %(day)s.") % {"who": who, "day": answered}
    if standing == Standing.OTHER_TEXT:
        return _("%(who)s a répondu le %(day)s, sur un texte qui a changé depuis.") % {
            "who": who,
            "day": answered,
        }
    if standing == Standing.EXPIRED:
        return _("Demandé à %(who)s le %(day)s : sans réponse, le lien est éteint.") % {
            "who": who, "day": day(request.asked_at),
        }  # fmt: skip
    return _("Accord demandé à %(who)s le %(day)s. Son lien vaut jusqu’au %(until)s.") % {
        "who": who, "day": day(request.asked_at), "until": day(request.asked_at + LIFE),
    }  # fmt: skip
