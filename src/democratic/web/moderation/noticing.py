"""« Signaler »: by anyone, without an account; a code and a key to know what became of it."""

from functools import partial
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from democratic.kernel.limits import Limit, spend, spend_each
from democratic.notices.actions import ask_confirmation
from democratic.people.actions import leave_address
from democratic.people.models import Person, Purpose
from democratic.stewardship.moderation.actions import give_notice
from democratic.stewardship.moderation.rules import JUDGED
from democratic.thread.models import Authority, Record
from democratic.thread.queries import get_record_for
from democratic.web import acts
from democratic.web.guests import network_of
from democratic.web.ideas.contact import spend_an_address
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import readable
from democratic.web.ideas.limits import CODES
from democratic.web.ideas.receipts import open_receipt, seal_receipt
from democratic.web.moderation.forms import NoticeForm
from democratic.web.pages import Main, show, show_once
from democratic.web.places import at, record_path
from democratic.web.requests import Request

# A whole school behind one address may signal the same insult; one hand may not signal a whole consultation.
OF_A_NETWORK = Limit("notices-of-network", 300, 3600)
OF_A_PERSON = Limit("notices-of-person", 20, 3600)


def _consent(authority: Authority) -> str:
    return _(
        "En laissant votre adresse, vous acceptez que %(authority)s vous écrive à propos de ce signalement."
        " Chaque message permet d’arrêter, d’un clic."
    ) % {"authority": authority.name}


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def notify(request: Request, code: str) -> HttpResponse:
    spend(CODES, network_of(request))
    record = get_record_for(request.viewer, code, *JUDGED)
    is_signed_in: bool = request.viewer.is_signed_in
    form = NoticeForm(
        request.POST if request.method == "POST" else None,
        consent=_consent(request.authority),
        is_signed_in=is_signed_in,
    )
    if request.method == "POST":
        done = acts.attempt(request, form, partial(_give, request, record), partial(_bounded, request))
        if done is not None:
            return done
    title = _("Signaler cette parole")
    context = {
        "title": title,
        "record": record,
        "said": record.text or record.title,
        "back": record_path(record.kind, record.code),
        "trail": [(record.code, record_path(record.kind, record.code)), (title, "")],
        "charter": at("/moderation#charte"),
        "form": form,
        "key": uuid4().hex,
    }
    main = Main("web/moderation/notify.html", context, title=title, status=acts.refused(form))
    return show(request, main)


def _bounded(request: Request, said: dict[str, Any]) -> None:
    uses = [(OF_A_NETWORK, network_of(request))]
    if request.person is not None:
        uses.append((OF_A_PERSON, str(request.person.pk)))
    spend_each(*uses)
    if email := said.get("email", "").strip():
        spend_an_address(request, email)


def _give(request: Request, record: Record, person: Person, said: dict[str, Any]) -> str:
    received = give_notice(
        record=record,
        rule=said["rule"],
        explanation=said["explanation"],
        notifier=person,
        clock=request.clock,
    )
    if email := said.get("email", "").strip():
        address = leave_address(
            person=person,
            email=email,
            purpose=Purpose.NOTICES,
            wording=_consent(record.authority),
            language=get_language() or "fr",
            clock=request.clock,
        )
        ask_confirmation(address=address, authority=record.authority, code=record.code)
    notice = received.notice
    token = seal_receipt(notice.code, received.secret, now=notice.received_at)
    return at(f"/signalement/{notice.code}/{token}")


@require_safe
def receipt(request: Request, code: str, token: str) -> HttpResponse:
    opened = open_receipt(code, token, now=request.clock.now())
    if opened is None:
        raise Http404
    title = _("Votre signalement est reçu")
    context = {
        "title": title,
        "code": code,
        "secret": opened.secret,
        "follow": at("/signalement"),
        "register": at("/moderation"),
    }
    return show_once(request, Main("web/moderation/receipt.html", context, title=title))
