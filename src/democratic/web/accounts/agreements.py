"""A child and her parent agree together: each has a page of her own, and either takes it back there, at once."""

from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.communities.agreements.actions import (
    agree_as_parent,
    ask_parent,
    confirm_as_child,
    take_back_agreement,
)
from democratic.communities.agreements.models import JointAgreement
from democratic.communities.agreements.queries import (
    CHILD,
    PARENT,
    address_of_parent,
    agreement_at,
    agreement_of,
    token_of,
)
from democratic.communities.agreements.texts import told_words
from democratic.notices.actions import ask_confirmation
from democratic.people.models import ConsentSource, Person
from democratic.thread.models import Record
from democratic.thread.queries import get_record_for
from democratic.web import acts
from democratic.web.accounts.agreement_forms import ChildForm, ParentAddressForm, ParentForm
from democratic.web.formats import day
from democratic.web.ideas.contact import consent_words, spend_an_address
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.phrases import shown_words
from democratic.web.pages import Main, show, show_once
from democratic.web.places import at, record_path
from democratic.web.requests import Request

TAKE_BACK = "retirer"


@require_http_methods(["GET", "HEAD", "POST"])
@shown_or_gone
def ask(request: Request, code: str) -> HttpResponse:
    """Whether the address is known, or was stopped, is neither asked nor told: the page is the same."""
    record = get_record_for(request.viewer, code)
    if request.viewer.is_signed_in:
        raise Http404  # who has an account said that she is 15
    form = ParentAddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = acts.attempt(request, form, partial(_ask, request, record))
        if done is not None:
            return done
    person: Person | None = request.person
    known = agreement_of(request.authority, person, request.clock.now()) if person else None
    context = {
        "record": record,
        "said": shown_words(record.wording)[0],
        "known": at(f"/accord/enfant/{token_of(known, CHILD)}") if known else "",
        "back": record_path(record.kind, record.code),
    }
    return _page(request, form, "web/accounts/agreement_ask.html", _("Demander à un parent"), context)


def _ask(request: Request, record: Record, person: Person, said: dict[str, Any]) -> str:
    spend_an_address(request, said["email"])
    agreement = ask_parent(
        record=record, child=person, email=said["email"], language=get_language() or "fr", clock=request.clock
    )
    return at(f"/accord/enfant/{token_of(agreement, CHILD)}")


@require_http_methods(["GET", "HEAD", "POST"])
def as_child(request: Request, token: str) -> HttpResponse:
    agreement = agreement_at(request.authority, token, CHILD, request.clock.now())
    if agreement is None:
        return _over(request)
    if request.POST.get("acte") == TAKE_BACK:
        return _take_back(request, agreement, ConsentSource.CHILD)
    consent = consent_words(request.authority)
    form = ChildForm(request.POST if request.method == "POST" else None, consent=consent)
    if request.method == "POST":
        done = acts.attempt(request, form, partial(_confirm, request, agreement, consent))
        if done is not None:
            return done
    context = _context(agreement) | {"path": request.get_full_path()}
    return _page(
        request, form, "web/accounts/agreement_child.html", _("Votre accord, et celui d’un parent"), context
    )


def _confirm(
    request: Request, agreement: JointAgreement, consent: str, _person: Person, said: dict[str, Any]
) -> str:
    spend_an_address(request, said["email"])
    address = confirm_as_child(
        agreement=agreement, email=said["email"], wording=consent, language=get_language() or "fr",
        clock=request.clock,
    )  # fmt: skip
    ask_confirmation(address=address, authority=agreement.authority, code=agreement.record.code)
    return at(f"/accord/enfant/{token_of(agreement, CHILD)}")


@require_http_methods(["GET", "HEAD", "POST"])
def as_parent(request: Request, token: str) -> HttpResponse:
    agreement = agreement_at(request.authority, token, PARENT, request.clock.now())
    if agreement is None:
        return _over(request)
    if request.POST.get("acte") == TAKE_BACK:
        return _take_back(request, agreement, ConsentSource.PARENT)
    wording = told_words(request.authority.name)
    form = ParentForm(request.POST if request.method == "POST" else None, wording=wording)
    if request.method == "POST":
        done = acts.attempt(request, form, partial(_agree, request, agreement, wording, token))
        if done is not None:
            return done
    context = _context(agreement) | {"email": address_of_parent(agreement)}
    return _page(
        request,
        form,
        "web/accounts/agreement_parent.html",
        _("Votre enfant vous demande votre accord"),
        context,
    )


def _agree(
    request: Request,
    agreement: JointAgreement,
    wording: str,
    token: str,
    _person: Person,
    said: dict[str, Any],
) -> str:
    agree_as_parent(
        agreement=agreement, turns_15_on=said["turns_15_on"], wording=wording, clock=request.clock
    )
    return at(f"/accord/parent/{token}")


def _take_back(request: Request, agreement: JointAgreement, by: ConsentSource) -> HttpResponse:
    """One button, on each of the two pages. No question is asked, and no reason."""
    take_back_agreement(agreement=agreement, by=by, clock=request.clock)
    title = _("C’est retiré")
    context = {"title": title, "home": at("/")}
    return show(request, Main("web/accounts/agreement_ended.html", context, title=title))


def _context(agreement: JointAgreement) -> dict[str, Any]:
    return {
        "agreement": agreement,
        "record": agreement.record,
        "said": shown_words(agreement.record.wording)[0],
        "authority": agreement.authority,
        "until": day(agreement.turns_15_on) if agreement.turns_15_on else "",
    }


def _page(
    request: Request, form: forms.Form, template: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    given = context | {"form": form, "title": title, "key": uuid4().hex, "notice": at("/mineurs")}
    return show_once(request, Main(template, given, title=title, status=acts.refused(form)))


def _over(request: Request) -> HttpResponse:
    """Unknown, taken back, over or waited for too long: nothing tells them apart."""
    heading = _("Ce lien n’ouvre plus rien")
    why = _("L’accord a été retiré, il est terminé, ou personne n’a répondu en sept jours. Rien n’est gardé.")
    said = {"heading": heading, "text": why, "status": 404}
    return show(request, Main("web/error.html", said, title=heading, status=404))
