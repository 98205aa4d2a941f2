from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.commitments.actions import (
    Vote,
    Work,
    make_commitment,
    plan_action,
    publish_decision,
)
from democratic.participation.reports.desk import answers_to_decide
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Visibility
from democratic.web.desk.access import desk_record, for_agents
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.works import DecisionForm, WorkForm
from democratic.web.desk.pages import (
    Asked,
    ask,
    commitment_desk_path,
    process_crumbs,
)
from democratic.web.desk.views.processes import desk_process
from democratic.web.places import at, record_path
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
@for_agents
def new_decision(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    signed = {answer.code: answer for answer in answers_to_decide(process)}
    form = DecisionForm([(code, each.title) for code, each in signed.items()], request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        votes = [cleaned["votes_for"], cleaned["votes_against"], cleaned["abstentions"]]
        decision = publish_decision(
            process=process,
            words=Words(title=cleaned["title"], text=cleaned["text"]),
            decided_on=cleaned["decided_on"],
            reference=cleaned["reference"],
            body=cleaned["body"],
            url=cleaned["url"],
            answers=[signed[code] for code in cleaned["answers"]],
            author=request.person,
            clock=request.clock,
            vote=Vote(*(each or 0 for each in votes)) if any(v is not None for v in votes) else None,
        )
        return at(f"/bureau/decisions/{decision.record.code}/engagement")

    asked = Asked(
        title=_("Publier une décision"),
        lead=_("Elle découle de réponses signées. Ensuite, dites à quoi elle engage."),
        send=_("Publier la décision"),
        done=_("La décision est publiée. À quoi engage-t-elle ?"),
        place=Place.DECISION,
        crumbs=process_crumbs(process),
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def new_commitment(request: Request, code: str) -> HttpResponse:
    decision = desk_record(request, code, Kind.DECISION)
    if decision.visibility == Visibility.DRAFT:
        raise Http404  # a word that she has not accepted
    form = WorkForm(request.authority, request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        commitment = make_commitment(
            decision=decision.decision,
            words=Words(title=cleaned["title"], text=cleaned["text"]),
            work=_work(form, cleaned),
            author=request.person,
            clock=request.clock,
        )
        return commitment_desk_path(commitment.record.code)

    asked = Asked(
        title=_("Prendre un engagement"),
        lead=_("Public, daté, avec un service. S’il tarde, le retard se verra de lui-même."),
        send=_("Publier l’engagement"),
        done=_("L’engagement est publié."),
        place=Place.COMMITMENT,
        crumbs=((decision.title, record_path(Kind.DECISION, code)),),
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def new_action(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.COMMITMENT)
    form = WorkForm(request.authority, request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        plan_action(
            commitment=record.commitment,
            words=Words(title=cleaned["title"], text=cleaned["text"]),
            work=_work(form, cleaned),
            author=request.person,
            clock=request.clock,
        )
        return commitment_desk_path(code)

    asked = Asked(
        title=_("Prévoir une action"),
        lead=_("Une action dit qui fait quoi, pour quand. Un engagement tient par elles."),
        send=_("Publier l’action"),
        done=_("L’action est publiée."),
        place=Place.COMMITMENT,
        crumbs=((record.title, commitment_desk_path(code)),),
    )
    return ask(request, form, act, asked)


def _work(form: WorkForm, cleaned: dict[str, Any]) -> Work:
    cost = None if cleaned["cost"] is None else cleaned["cost"] * 100
    return Work(form.services[cleaned["service"]], cleaned["due_on"], cost)
