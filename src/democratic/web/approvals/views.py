"""What the mail to an elected person leads to: the text, whole, and two buttons. A GET shows; only a POST answers."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.ids import uuid7
from democratic.participation.approvals.actions import answer_request
from democratic.participation.approvals.checking import what_stands_in_the_way
from democratic.participation.approvals.links import LIFE, Over, request_at
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.approvals.reading import Draft
from democratic.participation.street.accepting import answer_for_word
from democratic.people.models import Person
from democratic.thread.models import Kind
from democratic.web.acts import attempt, refused
from democratic.web.approvals.forms import NO, YES, ApprovalForm
from democratic.web.approvals.words import facts_of, over_told
from democratic.web.formats import day
from democratic.web.pages import Main, show_once
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
def approve(request: Request, token: str) -> HttpResponse:
    found = request_at(request.authority, token, request.clock.now())
    sent = ApprovalForm(request.POST) if request.method == "POST" else None
    if sent is not None and not isinstance(found, Over):
        if _answer(request, found[0], sent):
            return redirect(request.get_full_path())
        # Refused: perhaps another tab has answered meanwhile, or the text has changed.
        found = request_at(request.authority, token, request.clock.now())
    main = _over(found) if isinstance(found, Over) else _page(request, *found, sent)
    return show_once(request, main)


def _answer(request: Request, asked: ApprovalRequest, sent: ApprovalForm) -> bool:
    def act(_person: Person, cleaned: dict[str, Any]) -> str:
        answer = answer_for_word if asked.record.kind == Kind.DECISION else answer_request
        answer(
            request=asked,
            is_approved=cleaned["says"] == YES,
            reason=cleaned["reason"],
            is_by_delegation=cleaned["is_by_delegation"],
            signed_in=_signed_in(request),
            clock=request.clock,
        )
        return request.get_full_path()

    # Known by the link alone: no guest is made.
    done = attempt(request, sent, act, welcome=lambda _request: cast("Person", asked.official.person))
    if done is not None:
        messages.success(request, _("C’est noté. Merci."))
    return done is not None


def _signed_in(request: Request) -> Person | None:
    return request.person if request.viewer.is_signed_in else None


def _page(request: Request, asked: ApprovalRequest, draft: Draft, sent: ApprovalForm | None) -> Main:
    title = {
        Kind.MANDATE: _("Une commande à approuver"),
        Kind.PROCESS: _("Une concertation à approuver"),
        Kind.ANSWER: _("Une réponse à approuver"),
        Kind.DECISION: _("Un engagement à accepter"),
    }[Kind(draft.kind)]
    reader = _signed_in(request)
    context: dict[str, Any] = {
        "title": title,
        "draft": draft,
        "facts": facts_of(draft, ZoneInfo(asked.record.authority.time_zone)),
        "is_process": draft.kind == Kind.PROCESS,
        "is_word": draft.kind == Kind.DECISION,
        "checks": what_stands_in_the_way(asked.record, request.clock.now()),
        "official": asked.official,
        "until": day(asked.asked_at + LIFE),
        "asked": asked,
        "answered_on": day(asked.answered_at) if asked.answered_at else "",
        "sent": sent,
        "yes": _shown(YES, sent),
        "no": _shown(NO, sent, _("Pourquoi") if draft.kind == Kind.DECISION else ""),
        "is_herself": reader is not None and reader.pk == asked.official.person_id,
        "is_someone_else": reader is not None and reader.pk != asked.official.person_id,
        "key": uuid7().hex,
        "path": request.get_full_path(),
    }
    return Main(
        "web/approvals/draft.html", context, title=title, status=200 if sent is None else refused(sent)
    )


def _shown(says: str, sent: ApprovalForm | None, reason: str = "") -> ApprovalForm:
    """What was sent by this button comes back with what was typed; the other one is as it was."""
    is_back = sent is not None and sent.data.get("says") == says
    shown = sent if sent is not None and is_back else ApprovalForm(initial={"says": says})
    shown.auto_id = f"{says}_%s"
    shown.fields["reason"].required = says == NO
    shown.fields["reason"].label = reason or shown.fields["reason"].label
    return shown


def _over(over: Over) -> Main:
    heading, text = over_told(over)
    status = 404 if over == Over.UNKNOWN else 410
    return Main(
        "web/error.html", {"heading": heading, "text": text, "status": status}, title=heading, status=status
    )
