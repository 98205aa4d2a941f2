from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.answers.actions import withdraw_answer
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.thread.actions import withdraw_by_authority
from democratic.thread.models import Kind, Record, Visibility
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.desk.access import desk_record, for_agents, function_of
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.answering import ReasonForm
from democratic.web.desk.forms.works import PostponeForm
from democratic.web.desk.pages import (
    Asked,
    ask,
    commitment_desk_path,
    process_desk_path,
)
from democratic.web.formats import day
from democratic.web.places import at, record_path
from democratic.web.requests import Request

PLACES = {
    Kind.MANDATE: Place.ORDER,
    Kind.ANSWER: Place.ANSWER,
    Kind.DECISION: Place.DECISION,
    Kind.COMMITMENT: Place.COMMITMENT,
}


@require_http_methods(["GET", "POST"])
@for_agents
def put_off(request: Request, code: str, owed: str) -> HttpResponse:
    record = desk_record(request, code, Kind.PROCESS, Kind.COMMITMENT, Kind.ACTION, Kind.THEME, Kind.IDEA)
    obligation = obligation_of(record, owed) if owed in Owed.values else None
    if obligation is None:
        raise Http404
    back = _page_of(record)

    def act(cleaned: dict[str, Any]) -> str:
        postpone(
            obligation=obligation,
            new_on=cleaned["new_on"],
            reason=cleaned["reason"],
            function=obligation.service.name,
            clock=request.clock,
        )
        return back

    asked = Asked(
        title=_("Reporter l’échéance"),
        lead=_("Promis d’abord le %(day)s : cette date reste affichée, et le retard compte depuis elle.")
        % {"day": day(obligation.first_due_on)},
        send=_("Publier le report"),
        done=_("Le report est publié, à côté de la première date."),
        place=Place.COMMITMENT,
        crumbs=((record.title, back),),
    )
    form = PostponeForm(request.POST or None, initial={"new_on": obligation.due_on})
    return ask(request, form, act, asked)


def _page_of(record: Record) -> str:
    """The page of the desk where what is owed about this Record is worked on."""
    if record.kind == Kind.COMMITMENT:
        return commitment_desk_path(record.code)
    if record.kind == Kind.ACTION:
        return commitment_desk_path(record.action.commitment.record.code)
    if record.kind == Kind.PROCESS:
        return process_desk_path(record.as_process)
    return at("/bureau")


@require_http_methods(["GET", "POST"])
@for_agents
@recently_authenticated
def withdraw(request: Request, code: str) -> HttpResponse:
    """A *retrait*: the only way to take back an order, an answer, an engagement or an organisation's page."""
    kinds = (
        Kind.MANDATE, Kind.ANSWER, Kind.COMMITMENT, Kind.DECISION, Kind.ORGANISATION, Kind.PAGE, Kind.NEWS,
        Kind.STREET_SESSION,
    )  # fmt: skip
    record = desk_record(request, code, *kinds)
    if record.kind == Kind.DECISION and record.visibility == Visibility.DRAFT:
        raise Http404  # a word that she has not accepted: nothing public to take back
    back = record_path(record.kind, record.code)

    def act(cleaned: dict[str, Any]) -> str:
        said = {"reason": cleaned["reason"], "function": function_of(request)}
        if record.kind == Kind.ANSWER:
            withdraw_answer(answer=record.answer, **said, clock=request.clock)
        else:
            withdraw_by_authority(record=record, **said, clock=request.clock)
        return back

    asked = Asked(
        title=_("Retirer en public"),
        lead=_(
            "Rien n’est effacé : la page reste, sous une ligne permanente avec votre motif et votre fonction."
        ),
        send=_("Publier le retrait"),
        done=_("Le retrait est publié."),
        place=PLACES.get(Kind(record.kind)),
        is_announced=True,
        crumbs=((record.title, back),),
    )
    return ask(request, ReasonForm(request.POST or None), act, asked)
