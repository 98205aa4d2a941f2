from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.kernel.clock import local_day
from democratic.participation.commitments.actions import (
    give_evidence,
    move_action,
    move_commitment,
)
from democratic.participation.commitments.models import Action, ActionState, CommitmentState
from democratic.participation.commitments.queries import actions_of, evidence_of, standing_of, withdrawal_of
from democratic.participation.commitments.states import ACTION_NEXT, COMMITMENT_NEXT
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Record
from democratic.thread.rules import is_agent
from democratic.web import words
from democratic.web.desk.access import desk_record, for_agents, for_staff
from democratic.web.desk.chain import Place, chain
from democratic.web.desk.forms.works import EvidenceForm, MoveForm
from democratic.web.desk.pages import (
    Asked,
    ask,
    commitment_desk_path,
    desk_page,
    process_crumbs,
)
from democratic.web.formats import day
from democratic.web.places import at, record_path
from democratic.web.requests import Request
from democratic.web.uploads import take_file, warn_of_what_it_lacks


@require_GET
@for_staff
def detail(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.COMMITMENT)
    today = local_day(request.clock.now(), record.authority.time_zone)
    actions = actions_of([record.pk])
    dues = dues_of([record.pk, *(action.pk for action in actions)], today)
    due = dues.get((record.pk, Owed.COMMITMENT))
    may_act = bool(is_agent(request.viewer, record)) and withdrawal_of(record) is None
    context = {
        "record": record,
        "code": record.code,
        "due": due,
        "standing": standing_of(record, due),
        "late": words.days_late(due.days_late) if due and due.is_late else "",
        "may_act": may_act,
        "may_move": bool(COMMITMENT_NEXT[CommitmentState(record.state)]),
        "actions": [_action_row(each, dues.get((each.pk, Owed.ACTION)), may_act=may_act) for each in actions],
        "evidence": evidence_of([record.pk, *(action.pk for action in actions)], request.viewer),
        "withdrawal": withdrawal_of(record),
        "chain": chain(Place.COMMITMENT),
    }
    crumbs = process_crumbs(record.process.as_process) if record.process else ()
    return desk_page(request, "commitment.html", context, title=record.title, crumbs=crumbs)


def _action_row(action: Action, due: Due | None, *, may_act: bool) -> dict[str, Any]:
    code, standing = action.record.code, standing_of(action.record, due)
    row = {
        "title": action.record.title,
        "url": record_path(Kind.ACTION, code),
        "meta": action.service.name,
        "state": standing,
        "label": words.days_late(due.days_late) if due and due.is_late else "",
        "due": _("pour le %(day)s") % {"day": day(due.due_on)} if due else "",
        "first": "",
        "move_url": "",
        "evidence_url": at(f"/bureau/preuves/{code}/ajouter") if may_act else "",
        "put_off_url": at(f"/bureau/echeances/{code}/action") if may_act and due and due.is_open else "",
    }
    if due and due.due_on != due.first_due_on:
        row["first"] = _("promis d’abord le %(day)s") % {"day": day(due.first_due_on)}
    if may_act and ACTION_NEXT[ActionState(action.record.state)]:
        row["move_url"] = at(f"/bureau/actions/{code}/etat")
    return row


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
    asked = Asked(
        title=_("Mettre à jour"),
        send=_("Publier"),
        done=_("La mise à jour est publiée."),
        place=Place.COMMITMENT,
        crumbs=((record.title, back),),
    )
    return ask(request, MoveForm(choices, request.POST or None), act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def add_evidence(request: Request, code: str) -> HttpResponse:
    record = desk_record(request, code, Kind.COMMITMENT, Kind.ACTION)
    owner = record if record.kind == Kind.COMMITMENT else record.action.commitment.record
    back = commitment_desk_path(owner.code)

    def act(cleaned: dict[str, Any]) -> str:
        give_evidence(
            subject=record,
            words=Words(title=cleaned["title"], text=cleaned["text"]),
            url=cleaned["url"],
            file=cleaned["attachment"],
            author=request.person,
            clock=request.clock,
        )
        warn_of_what_it_lacks(request, cleaned["attachment"])
        return back

    asked = Asked(
        title=_("Donner une preuve"),
        lead=_("Un lien ou un fichier qui montre que c’est fait, ou que ça ne l’est pas."),
        send=_("Publier la preuve"),
        done=_("La preuve est publiée."),
        place=Place.EVIDENCE,
        crumbs=((owner.title, back),),
    )

    def take(cleaned: dict[str, Any]) -> None:
        cleaned["attachment"] = take_file(request, cleaned["file"], cleaned["file_alt"])

    form = EvidenceForm(request.POST or None, request.FILES or None)
    return ask(request, form, act, asked, prepare=take)
