"""What the mail to an elected person leads to: the text, whole, and two buttons. A GET shows; only a POST answers."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from democratic.kernel.ids import uuid7
from democratic.participation.answers.models import Verdict
from democratic.participation.approvals.actions import answer_request
from democratic.participation.approvals.links import LIFE, request_at
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.approvals.reading import Draft, draft_of
from democratic.participation.mandates.models import Level
from democratic.thread.models import Kind, Visibility
from democratic.web.acts import attempt, refused
from democratic.web.desk.forms.fields import text_field
from democratic.web.formats import day, euros
from democratic.web.pages import Main, show, show_once
from democratic.web.requests import Request

YES, NO = "oui", "non"


class ApprovalForm(forms.Form):
    says = forms.ChoiceField(
        label=gettext_lazy("Votre réponse"),
        choices=[(YES, gettext_lazy("J’approuve ce texte")), (NO, gettext_lazy("Je n’approuve pas"))],
        widget=forms.RadioSelect,
    )
    reason = text_field(
        gettext_lazy("Ce qui ne va pas"),
        rows=3,
        required=False,
        help_text=gettext_lazy("Si vous n’approuvez pas. Le service seul le lira."),
    )
    is_by_delegation = forms.BooleanField(
        label=gettext_lazy("Je réponds par délégation, à sa demande"), required=False
    )
    version = forms.CharField(widget=forms.HiddenInput, max_length=64)


@require_http_methods(["GET", "POST"])
def approve(request: Request, token: str) -> HttpResponse:
    asked = request_at(request.authority, token, request.clock.now())
    draft = draft_of(asked.record) if asked and asked.record.visibility == Visibility.DRAFT else None
    person = asked.official.person if asked else None
    if asked is None or draft is None or person is None or draft.official.pk != asked.official_id:
        return _no_longer(request)
    form = ApprovalForm(request.POST or None)

    def act(_person: Any, cleaned: dict[str, Any]) -> str:
        answer_request(
            request=asked,
            is_approved=cleaned["says"] == YES,
            text_print=cleaned["version"],
            reason=cleaned["reason"],
            is_by_delegation=cleaned["is_by_delegation"],
            clock=request.clock,
        )
        return request.get_full_path()

    if request.method == "POST":
        location = attempt(
            request, form, act, welcome=lambda _request: person
        )  # known by the link alone: no guest is made
        if location is not None:
            messages.success(request, _("C’est noté. Merci."))
            return redirect(location.url)
    return show_once(request, _page(request, asked, draft, form))


def _page(request: Request, asked: ApprovalRequest, draft: Draft, form: ApprovalForm) -> Main:
    title = _("Une commande à approuver") if draft.kind == Kind.MANDATE else _("Une réponse à approuver")
    context: dict[str, Any] = {
        "title": title,
        "draft": draft,
        "facts": [(label, said, "") for label, said in facts_of(draft)],
        "official": asked.official,
        "until": day(asked.asked_at + LIFE),
        "asked": asked,
        "answered_on": day(asked.answered_at) if asked.answered_at else "",
        "is_other_text": bool(asked.answered_at and asked.text_print != draft.text_print),
        "form": form,
        "key": uuid7().hex,
        "path": request.get_full_path(),
    }
    return Main("web/tracker/approval.html", context, title=title, status=refused(form))


def facts_of(draft: Draft) -> list[tuple[str, str]]:
    """What is said under each name, in words; empty parts are left out."""
    labels = {
        "ordered_by": _("Demandé par"),
        "ordered_on": _("Le"),
        "vote": _("Vote"),
        "level": _("Niveau promis"),
        "decidable": _("Ce qui peut changer"),
        "not_decidable": _("Ce qui n’est pas négociable"),
        "aimed_at": _("À qui l’on s’adresse"),
        "answer_due_on": _("Réponse avant le"),
        "answerer": _("Qui répond"),
        "service": _("Service"),
        "budget_cents": _("Budget"),
        "verdict": _("La réponse"),
        "passed_to": _("Transmis à"),
    }
    return [(labels[name], _told(name, said)) for name, said in draft.parts if said]


def _told(name: str, said: str) -> str:
    if name.endswith("_on"):
        return day(date.fromisoformat(said))
    if name == "budget_cents":
        return euros(int(said))
    if name == "level":
        return str(Level(said).label)
    return str(Verdict(said).label) if name == "verdict" else said


def _no_longer(request: Request) -> HttpResponse:
    """Unknown, too old, taken back, about what is published or changed hands: nothing tells them apart."""
    heading = _("Ce lien n’est plus valable")
    why = _("Il date de plus de sept jours, une autre demande l’a remplacé, ou le texte est déjà publié.")
    said = {"heading": heading, "text": why, "status": 404}
    return show(request, Main("web/error.html", said, title=heading, status=404))
