from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.kernel.clock import local_day
from democratic.kernel.files import store_file
from democratic.participation.commitments.actions import (
    Vote,
    Work,
    give_evidence,
    make_commitment,
    move_action,
    move_commitment,
    plan_action,
    publish_decision,
)
from democratic.participation.commitments.models import ActionState, CommitmentState
from democratic.participation.commitments.states import ACTION_NEXT, COMMITMENT_NEXT
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import dues_of, obligation_of
from democratic.participation.reports.desk import answers_to_decide
from democratic.thread.actions import Words, withdraw_by_authority
from democratic.thread.models import Kind, Record
from democratic.web.desk.access import desk_record, for_agents, for_staff, function_of
from democratic.web.desk.forms import DecisionForm, EvidenceForm, MoveForm, PostponeForm, ReasonForm, WorkForm
from democratic.web.desk.pages import ask, desk_page
from democratic.web.desk.views.processes import desk_process, process_desk_path
from democratic.web.places import at, record_path
from democratic.web.requests import Request


def commitment_desk_path(code: str) -> str:
    return at(f"/bureau/engagements/{code}")


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

    return ask(
        request,
        form,
        act,
        title=_("Publier une décision"),
        lead=_("Elle découle de réponses signées. Ensuite, dites à quoi elle engage."),
        send=_("Publier la décision"),
        done=_("La décision est publiée. À quoi engage-t-elle ?"),
        back=process_desk_path(process),
    )


@require_http_methods(["GET", "POST"])
@for_agents
def new_commitment(request: Request, code: str) -> HttpResponse:
    decision = desk_record(request, code, Kind.DECISION)
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

    return ask(
        request,
        form,
        act,
        title=_("Prendre un engagement"),
        lead=_("Public, daté, avec un service. S’il tarde, le retard se verra de lui-même."),
        send=_("Publier l’engagement"),
        done=_("L’engagement est publié."),
        back=record_path(Kind.DECISION, code),
        subject=decision.title,
    )


def _work(form: WorkForm, cleaned: dict[str, Any]) -> Work:
    cost = None if cleaned["cost"] is None else cleaned["cost"] * 100
    return Work(form.services[cleaned["service"]], cleaned["due_on"], cost)


@require_GET
@for_staff
def detail(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.COMMITMENT)
    today = local_day(request.clock.now(), record.authority.time_zone)
    actions = list(record.commitment.actions.select_related("record__wording", "service"))
    dues = dues_of([record.pk, *(action.pk for action in actions)], today)
    context = {
        "record": record,
        "state": CommitmentState(record.state),
        "due": dues.get((record.pk, Owed.COMMITMENT)),
        "actions": [
            {"action": a, "state": ActionState(a.record.state), "due": dues.get((a.pk, Owed.ACTION))}
            for a in actions
        ],
        "withdrawal": getattr(record, "withdrawal", None),
    }
    return desk_page(request, "commitment.html", context, title=record.title)


@require_http_methods(["GET", "POST"])
@for_agents
def move(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.COMMITMENT)
    choices = [
        (s.value, s.label) for s in CommitmentState if s in COMMITMENT_NEXT[CommitmentState(record.state)]
    ]

    def act(cleaned: dict[str, Any]) -> str:
        move_commitment(
            commitment=record.commitment,
            to=CommitmentState(cleaned["to"]),
            note=cleaned["note"],
            function=record.commitment.service.name,
            clock=request.clock,
        )
        return commitment_desk_path(code)

    return _move_page(request, record, choices, act, commitment_desk_path(code))


@require_http_methods(["GET", "POST"])
@for_agents
def move_action_state(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.ACTION)
    back = commitment_desk_path(record.action.commitment.record.code)
    choices = [(s.value, s.label) for s in ActionState if s in ACTION_NEXT[ActionState(record.state)]]

    def act(cleaned: dict[str, Any]) -> str:
        move_action(
            action=record.action,
            to=ActionState(cleaned["to"]),
            note=cleaned["note"],
            function=record.action.service.name,
            clock=request.clock,
        )
        return back

    return _move_page(request, record, choices, act, back)


def _move_page(
    request: Request, record: Record, choices: list[tuple[str, Any]], act: Any, back: str
) -> HttpResponse:
    return ask(
        request,
        MoveForm(choices, request.POST or None),
        act,
        title=_("Mettre à jour"),
        send=_("Publier"),
        done=_("La mise à jour est publiée."),
        back=back,
        subject=record.title,
    )


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

    return ask(
        request,
        form,
        act,
        title=_("Prévoir une action"),
        send=_("Publier l’action"),
        done=_("L’action est publiée."),
        back=commitment_desk_path(code),
        subject=record.title,
    )


@require_http_methods(["GET", "POST"])
@for_agents
def add_evidence(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.COMMITMENT, Kind.ACTION)
    owner = record if record.kind == Kind.COMMITMENT else record.action.commitment.record
    back = commitment_desk_path(owner.code)

    def act(cleaned: dict[str, Any]) -> str:
        upload = cleaned["file"]
        give_evidence(
            subject=record,
            words=Words(title=cleaned["title"], text=cleaned["text"]),
            url=cleaned["url"],
            file=store_file(upload.chunks()) if upload else None,
            file_alt=cleaned["file_alt"],
            author=request.person,
            clock=request.clock,
        )
        return back

    return ask(
        request,
        EvidenceForm(request.POST or None, request.FILES or None),
        act,
        title=_("Donner une preuve"),
        lead=_("Un lien ou un fichier qui montre que c’est fait, ou que ça ne l’est pas."),
        send=_("Publier la preuve"),
        done=_("La preuve est publiée."),
        back=back,
        subject=record.title,
    )


@require_http_methods(["GET", "POST"])
@for_agents
def put_off(request: Request, code: str, owed: str) -> HttpResponse:
    record = desk_record(request, code, Kind.PROCESS, Kind.COMMITMENT, Kind.ACTION, Kind.THEME, Kind.IDEA)
    obligation = obligation_of(record, owed) if owed in Owed.values else None
    if obligation is None:
        raise Http404
    back = at("/bureau")

    def act(cleaned: dict[str, Any]) -> str:
        postpone(
            obligation=obligation,
            new_on=cleaned["new_on"],
            reason=cleaned["reason"],
            function=obligation.service.name,
            clock=request.clock,
        )
        return back

    return ask(
        request,
        PostponeForm(request.POST or None, initial={"new_on": obligation.due_on}),
        act,
        title=_("Reporter l’échéance"),
        send=_("Publier le report"),
        done=_("Le report est publié, à côté de la première date."),
        back=back,
        subject=record.title,
    )


@require_http_methods(["GET", "POST"])
@for_agents
def withdraw(request: Request, code: str) -> HttpResponse:
    """A *retrait*: the only way to take back an order, an answer or an engagement."""
    record = desk_record(request, code, Kind.MANDATE, Kind.ANSWER, Kind.COMMITMENT, Kind.DECISION)
    back = record_path(record.kind, record.code)

    def act(cleaned: dict[str, Any]) -> str:
        withdraw_by_authority(
            record=record,
            reason=cleaned["reason"],
            function=function_of(request),
            clock=request.clock,
        )
        return back

    return ask(
        request,
        ReasonForm(request.POST or None),
        act,
        title=_("Retirer en public"),
        lead=_(
            "Rien n’est effacé : la page reste, sous une ligne permanente avec votre motif et votre fonction."
        ),
        send=_("Publier le retrait"),
        done=_("Le retrait est publié."),
        back=back,
        subject=record.title,
    )
