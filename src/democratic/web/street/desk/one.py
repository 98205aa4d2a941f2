"""One session at the desk: its devices, the texts that are read there, and what came back, on one screen."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from democratic.communities.queries import officials_of
from democratic.participation.reports.home import title_of
from democratic.participation.street.models import CaptureKind, FieldDevice, StreetCapture, StreetSession
from democratic.participation.street.planning import is_ahead
from democratic.participation.street.queries import (
    TOGETHER,
    Counted,
    captures_in,
    count_captures,
    devices_of,
    team_of,
    texts_of,
)
from democratic.participation.street.receiving import number_of
from democratic.participation.street.said import count_newness
from democratic.participation.street.states import SessionState
from democratic.thread.models import Record, Visibility
from democratic.web.charts.polls import label_of
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page, process_crumbs
from democratic.web.desk.views.approvals import approval_part
from democratic.web.formats import day, hour
from democratic.web.places import fil_path, record_path
from democratic.web.processes.outings import state_pill, when_of
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request
from democratic.web.street.beside import ASKED, lines_of
from democratic.web.street.desk.sessions import desk_session
from democratic.web.street.missing import missing_of
from democratic.web.street.places import desk_path, page_of
from democratic.web.street.words import summary_of, who_of
from democratic.web.voices import lasting

PAGE = 25
State = StreetCapture.State
TABS = {
    "": State.RECEIVED,
    "corriger": State.TO_CORRECT,
    "accord": State.ASKED,
    "validees": State.VALIDATED,
    "ecartees": State.SET_ASIDE,
}


@require_GET
@for_agents
def one(request: Request, code: str) -> HttpResponse:
    session = desk_session(request, code)
    asked = request.GET.get("etat", "")
    tab = asked if asked in TABS else ""
    paging, counted, now = paging_of(request, PAGE), count_captures(session), request.clock.now()
    found, total = captures_in(session, TABS[tab], offset=paging.offset, limit=paging.size)
    label, tone = state_pill(session)
    context = {
        "session": session,
        "pill": (label, tone),
        "facts": _facts(session),
        "public_url": page_of(session),
        "base": desk_path(session),
        "field_url": reverse("terrain"),
        "is_planned": session.record.state == SessionState.PLANNED,
        "is_ahead": is_ahead(session, now),
        "may_tell": session.record.state == SessionState.HELD
        and not counted.of(State.RECEIVED)
        and counted.of(State.VALIDATED, State.SET_ASIDE) > 0,
        "texts": [
            (title_of(text), record_path(text.kind, text.code), text.code) for text in texts_of(session)
        ],
        "missing": missing_of(session),
        **_beside(request, session),
        "devices": [_device(each, now) for each in devices_of(session)],
        "tabs": _tabs(session, counted, tab),
        "tab": tab,
        "rows": _rows(session, found, now),
        "bulk": _bulk(counted, TABS[tab]),
        "waiting": counted.of(State.RECEIVED),
        "pager": pager(paging, len(found), total, desk_path(session), etat=tab),
    }
    return desk_page(
        request,
        "street_session.html",
        context,
        title=session.record.title,
        crumbs=process_crumbs(session.process, "rue", _("Les rendez-vous de rue")),
    )


def _facts(session: StreetSession) -> list[tuple[str, str, str]]:
    told = [(_("Quand"), when_of(session), ""), (_("Où"), session.record.place, "")]
    team = ", ".join(each.person.name or _("sans nom") for each in team_of(session))
    told.append((_("L’équipe"), team or _("personne encore"), _("Entre agents")))
    for term, said in (
        (_("Une question d’un geste"), title_of(session.poll.record) if session.poll else ""),
        (_("Qui n’a-t-on pas encore entendu ?"), session.missing),
        (_("Le temps qu’il faisait"), session.weather),
        (_("Notes de l’équipe"), session.notes),
    ):
        if said:
            told.append((term, said, ""))
    return told


def _beside(request: Request, session: StreetSession) -> dict[str, Any]:
    """Of what is published: as on the public page, sooner."""
    beside = count_newness(request.viewer, session)
    if not beside.compared:
        return {}
    is_told = session.record.state == SessionState.VALIDATED
    new_url = f"{page_of(session)}?{ASKED}=nouveau#dit" if is_told and beside.new else ""
    return {"beside": lines_of(beside), "new_url": new_url}


def _device(device: FieldDevice, now: datetime) -> dict[str, Any]:
    is_running = device.revoked_at is None and device.expires_at > now
    if device.revoked_at:
        state = _("coupé le %(day)s") % {"day": day(device.revoked_at)}
    elif is_running:
        state = _("bon jusqu’au %(day)s, %(hour)s") % {
            "day": day(device.expires_at), "hour": hour(device.expires_at),
        }  # fmt: skip
    else:
        state = _("n’envoie plus depuis le %(day)s") % {"day": day(device.expires_at)}
    return {
        "pk": device.pk,
        "who": device.person.name if device.person else _("une personne partie"),
        "since": day(device.issued_at),
        "state": state,
        "may_revoke": device.revoked_at is None,
    }


def _tabs(session: StreetSession, counted: Counted, tab: str) -> list[tuple[str, str, bool]]:
    labels = {
        "": _("À relire (%(n)s)"), "corriger": _("À corriger (%(n)s)"),
        "accord": _("Attendent un accord (%(n)s)"), "validees": _("Validées (%(n)s)"),
        "ecartees": _("Écartées (%(n)s)"),
    }  # fmt: skip
    return [
        (
            labels[each] % {"n": counted.listed(state)},
            f"{desk_path(session)}?etat={each}" if each else desk_path(session),
            each == tab,
        )
        for each, state in TABS.items()
        if state != State.ASKED or counted.of(state)  # few sessions have any
    ]


def _bulk(counted: Counted, state: str) -> str:
    """What is of this state, and in no list."""
    taps, refusals = (counted.of(state, kind=kind) for kind in TOGETHER)
    if not taps + refusals:
        return ""
    told = [
        ngettext("%(n)s réponse d’un geste", "%(n)s réponses d’un geste", taps) % {"n": taps},
        ngettext("%(n)s refus", "%(n)s refus", refusals) % {"n": refusals},
    ]
    return _("Et, comptés ensemble, sans être listés : %(what)s.") % {"what": ", ".join(told)}


def _rows(session: StreetSession, found: list[StreetCapture], now: datetime) -> list[dict[str, Any]]:
    options = (
        {str(each.rank): str(label_of(session.poll, each)) for each in session.poll.options.all()}
        if session.poll
        else {}
    )
    officials = {str(each.pk): each.name for each in officials_of(session.record.authority)}
    base = desk_path(session)
    return [
        {
            "pk": each.pk,
            "kind": each.get_kind_display(),
            "is_quote": each.kind == CaptureKind.QUOTE,
            "text": summary_of(each, options, officials),
            "who": who_of(each),
            "code": each.code,
            "number": number_of(session.pk, each.uuid),
            "when": day(each.happened_at),
            "reason": each.reason,
            "problem": each.problem,
            "photos": [file for file in each.files.all() if file.file.is_image],
            "voices": [
                {"url": f"{base}/fichiers/{file.pk}", "lasts": lasting(file.file)}
                for file in each.files.all()
                if not file.file.is_image
            ],
            "url": _url_of(each.record),
            "approval": approval_part(each.record, now)
            if each.record and each.state == State.ASKED
            else None,
            "newness": each.get_newness_display(),
            "near": _near(each.near),
        }
        for each in found
    ]


def _url_of(record: Record | None) -> str:
    is_public = record is not None and record.visibility != Visibility.DRAFT
    return record_path(record.kind, record.code) if record and is_public else ""


def _near(record: Record | None) -> tuple[str, str] | None:
    """What it resembles, as long as that stands in public."""
    is_shown = record is not None and record.visibility == Visibility.PUBLIC
    return (title_of(record), fil_path(record.code)) if record and is_shown else None
