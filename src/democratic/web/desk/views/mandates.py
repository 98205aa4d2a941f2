from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.kernel.clock import local_day
from democratic.kernel.refusals import Refusal
from democratic.participation.approvals.actions import publish_as_approved
from democratic.participation.commitments.queries import withdrawal_of
from democratic.participation.mandates.actions import Order, draft_mandate
from democratic.participation.mandates.models import Level
from democratic.participation.processes.guarded import mandate_of
from democratic.participation.processes.methods.files import NoMethod, method_of
from democratic.participation.processes.models import Step
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Visibility
from democratic.web.desk.access import desk_record, for_agents
from democratic.web.desk.chain import Place, chain
from democratic.web.desk.forms.orders import MandateForm
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.desk.views.approvals import approval_part
from democratic.web.desk.views.handovers import holders_path
from democratic.web.places import at
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request) -> HttpResponse:
    authority = request.authority
    form = MandateForm(authority, request.POST or None, initial=_proposed(request))
    if not form.officials or not form.services:
        return _not_yet(request, form)

    def act(cleaned: dict[str, Any]) -> str:
        mandate = draft_mandate(
            authority=authority,
            words=Words(title=cleaned["title"], text=cleaned["text"]),
            order=Order(
                ordered_by=cleaned["ordered_by"],
                ordered_on=cleaned["ordered_on"],
                vote=cleaned["vote"],
                decidable=cleaned["decidable"],
                not_decidable=cleaned["not_decidable"],
                level=Level(cleaned["level"]),
                aimed_at=cleaned["aimed_at"],
                answer_due_on=cleaned["answer_due_on"],
                answerer=form.officials[cleaned["answerer"]],
                service=form.services[cleaned["service"]],
                budget_cents=None if cleaned["budget"] is None else cleaned["budget"] * 100,
            ),
            author=request.person,
            clock=request.clock,
        )
        return at(f"/bureau/commandes/{mandate.record.code}")

    asked = Asked(
        title=_("Nouvelle commande"),
        lead=_(
            "Une commande dit ce qui est demandé, ce qui peut changer, ce qui est promis et qui répondra."
        ),
        send=_("Enregistrer le brouillon"),
        done=_("Brouillon enregistré. Relisez-le, puis publiez."),
        place=Place.ORDER,
        is_public=False,
    )
    return ask(request, form, act, asked)


def _proposed(request: Request) -> dict[str, Any]:
    """What the method from which she comes proposes: she changes it as she likes. Nothing without one."""
    if not (key := request.GET.get("methode")):
        return {}
    try:
        method = method_of(key)
    except NoMethod as missing:
        raise Http404 from missing
    today = local_day(request.clock.now(), request.authority.time_zone)
    answered = method.plan(Step.ANSWER)
    return {
        "level": method.level.value,
        "not_decidable": method.texts(get_language() or "fr").not_negotiable,
        "answer_due_on": today + timedelta(days=answered.starts + answered.lasts),
    }


def _not_yet(request: Request, form: MandateForm) -> HttpResponse:
    """Said before anything is typed: an authority that has just opened has nobody yet who could answer."""
    lacking = [
        *([] if form.officials else [_("une personne élue pour répondre")]),
        *([] if form.services else [_("un service pour tenir les dates")]),
    ]
    empty = {
        "what": _("Pas encore"),
        "why": _("Une commande dit qui en répond. Il manque : %(what)s.") % {"what": _(" et ").join(lacking)},
        "who": _("Une personne qui administre la plateforme les ajoute."),
        "action": (_("Services et relais"), holders_path()),
    }
    return desk_page(request, "not_yet.html", {"empty": empty}, title=_("Nouvelle commande"))


@require_GET
@for_agents
def detail(request: Request, code: str) -> HttpResponse:
    mandate = mandate_of(desk_record(request, code, Kind.MANDATE))
    context = {
        "mandate": mandate,
        "record": mandate.record,
        "is_draft": mandate.record.visibility == Visibility.DRAFT,
        "withdrawal": withdrawal_of(mandate.record),
        "approval": approval_part(mandate.record, request.clock.now()),
        "may_act": True,
        "levels": Level.choices,
        "processes": list(mandate.processes.select_related("record__wording")),
        "chain": chain(Place.ORDER),
    }
    return desk_page(request, "mandate.html", context, title=mandate.record.title)


@require_POST
@for_agents
def publish(request: Request, code: str) -> HttpResponse:
    mandate = mandate_of(desk_record(request, code, Kind.MANDATE))
    try:
        publish_as_approved(mandate=mandate, clock=request.clock)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(at(f"/bureau/commandes/{code}"))
    messages.success(request, _("La commande est publiée. La suite : ouvrir une concertation."))
    return redirect(at(f"/bureau/commandes/{code}"))
