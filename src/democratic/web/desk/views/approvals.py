"""Asking an elected person, by mail, whether she agrees with a draft; and how the desk says where that stands."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.approvals.actions import ask_approval, take_back_request
from democratic.participation.approvals.links import LIFE, is_reachable
from democratic.participation.approvals.queries import Approval, Standing, approval_of
from democratic.participation.approvals.reading import draft_of
from democratic.participation.street.queries import session_code_of
from democratic.thread.models import Kind, Record, Visibility
from democratic.web.desk.access import desk_record, for_agents
from democratic.web.desk.pages import process_desk_path
from democratic.web.desk.views.preparing import CHECK
from democratic.web.formats import day
from democratic.web.places import at
from democratic.web.requests import Request

KINDS = (Kind.MANDATE, Kind.ANSWER, Kind.PROCESS, Kind.DECISION)


def _page_of(record: Record) -> str:
    if record.kind == Kind.PROCESS:
        return process_desk_path(record.as_process, CHECK)
    if record.kind == Kind.DECISION:
        code = session_code_of(record)
        return at(f"/bureau/rue/{code}?etat=accord" if code else "/bureau")
    return at(f"/bureau/{'commandes' if record.kind == Kind.MANDATE else 'reponses'}/{record.code}")


@require_POST
@for_agents
def ask(request: Request, code: str) -> HttpResponse:
    return _act(request, code, ask_approval, _("Son accord est demandé, par un message et pour sept jours."))


@require_POST
@for_agents
def take_back(request: Request, code: str) -> HttpResponse:
    return _act(request, code, take_back_request, _("La demande est reprise : son lien n’ouvre plus rien."))


def _act(request: Request, code: str, act: Callable[..., object], done: str) -> HttpResponse:
    record = desk_record(request, code, *KINDS)
    try:
        act(record=record, clock=request.clock)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, done)
    return redirect(_page_of(record))


def approval_part(record: Record, now: datetime) -> dict[str, Any] | None:
    """For desk/approval.html: where it stands, and what may be done. None once it is published."""
    draft = draft_of(record) if record.visibility == Visibility.DRAFT else None
    if draft is None:
        return None
    held = approval_of(record, draft, now)
    may_ask = held.standing not in (Standing.APPROVED, Standing.WAITING) and is_reachable(draft.official)
    return {
        "told": _told(held),
        "reason": held.request.reason if held.request and held.standing == Standing.REFUSED else "",
        "is_given": held.standing == Standing.APPROVED,
        "name": draft.official.name,
        "may_ask": may_ask,
        "is_waiting": held.standing == Standing.WAITING,
        "holds_back": held.standing in (Standing.WAITING, Standing.REFUSED),
        "is_again": held.standing != Standing.NEVER,
        "path": at(f"/bureau/accords/{record.code}"),
    }


def _told(held: Approval) -> str:
    request = held.request
    if request is None:
        return ""
    said = {
        "who": request.official.name,
        "asked": day(request.asked_at),
        "day": day(request.answered_at or request.asked_at),
        "until": day(request.asked_at + LIFE),
    }
    return _sentence(held.standing, is_by_delegation=request.is_by_delegation) % said


def _sentence(standing: Standing, *, is_by_delegation: bool) -> str:
    if standing == Standing.APPROVED and is_by_delegation:
        return _("Texte approuvé au nom de %(who)s le %(day)s, par délégation.")
    if standing == Standing.REFUSED and is_by_delegation:
        return _("Changement demandé au nom de %(who)s le %(day)s, par délégation.")
    return {
        Standing.APPROVED: _("%(who)s a approuvé ce texte le %(day)s."),
        Standing.REFUSED: _("%(who)s demande un changement, le %(day)s."),
        Standing.OTHER_TEXT: _("Le texte a changé depuis la demande du %(asked)s : elle ne vaut plus."),
        Standing.EXPIRED: _("Demandé à %(who)s le %(asked)s : sans réponse, le lien est éteint."),
        Standing.WAITING: _("Accord demandé à %(who)s le %(asked)s. Son lien vaut jusqu’au %(until)s."),
    }.get(standing, "")
