"""Seeing a person's pages to help her: asked here with a reason, logged, and shown to her."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from democratic.kernel.refusals import Refusal
from democratic.stewardship.models import SupportVisit
from democratic.stewardship.visits import REASON_LIMIT, open_visit, visits_here
from democratic.web import helping
from democratic.web.acts import refused, refused_by, spend_a_write
from democratic.web.desk.access import for_administrators
from democratic.web.desk.pages import desk_page
from democratic.web.formats import day, hour
from democratic.web.places import at
from democratic.web.requests import Request, someone

LINES = 20


class HelpForm(forms.Form):
    use_required_attribute = False

    email = forms.EmailField(
        label=gettext_lazy("L’adresse e-mail de son compte"),
        help_text=gettext_lazy("Demandez-la à la personne, pendant qu’elle vous parle."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi"),
        help_text=gettext_lazy("La personne lira ce motif sur la page de son compte."),
        max_length=REASON_LIMIT,
        error_messages={"required": gettext_lazy("Dites pourquoi : la personne lira ce motif.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
@reauthentication_required(allow_get=True)
def help_someone(request: Request) -> HttpResponse:
    form = HelpForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            spend_a_write(request)
            visit = open_visit(
                visitor=someone(request),
                email=form.cleaned_data["email"],
                authority=request.authority,
                reason=form.cleaned_data["reason"],
                clock=request.clock,
            )
        except Refusal as refusal:
            refused_by(form, refusal)
        else:
            helping.begin(request, visit)
            return redirect(at("/compte"))
    page = min(int(request.GET["page"]), 10_000) if request.GET.get("page", "").isdecimal() else 0
    visits = visits_here(request.authority, skip=page * LINES, limit=LINES + 1)
    context: dict[str, Any] = {
        "form": form,
        "visits": [_told(each) for each in visits[:LINES]],
        "page": page,
        "next": page + 1 if len(visits) > LINES else None,
    }
    return desk_page(request, "help.html", context, title=_("Aider quelqu’un"), status=refused(form))


def _told(each: SupportVisit) -> dict[str, str]:
    account = getattr(each.visited, "account", None)
    return {
        "who": account.email if account else _("un compte fermé"),
        "by": each.visitor.name or _("une administratrice ou un administrateur"),
        "when": f"{day(each.started_at)}, {hour(each.started_at)}",
        "reason": each.reason,
    }


@require_POST
def stop_helping(request: Request) -> HttpResponse:
    """Back to one's own pages; nothing to stop is no fault."""
    helping.leave(request)
    messages.success(request, _("Vous êtes de retour sur vos pages."))
    return redirect(at("/bureau/aide") if request.viewer.is_signed_in else at("/"))
