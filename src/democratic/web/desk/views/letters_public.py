"""A letter on its way to become a contribution: her agreement first, then her words in public."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.refusals import Refusal
from democratic.participation.inbox.models import Agreement, Conversation, InboxMessage
from democratic.participation.inbox.publishing import ask_agreement, become_contribution, note_agreement
from democratic.participation.inbox.queries import messages_of
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import visible_processes
from democratic.thread.actions import Words
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.inbox import ContributionForm
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.desk.views.conversations import conversation_of, inbox_crumbs
from democratic.web.desk.views.inbox import conversation_path
from democratic.web.requests import Request, someone

MOST_PROCESSES = 50


@require_http_methods(["GET", "POST"])
@for_agents
def publish(request: Request, code: str) -> HttpResponse:
    """Without her yes, the page asks for it; with it, it asks for the words."""
    found = conversation_of(request, code)
    processes = _processes(request)
    if found.agreement != Agreement.GIVEN:
        return _ask_first(request, found, processes)
    first = next((each for each in messages_of(found, with_notes=False) if each.kind == _HERS), None)
    initial = {
        "title": found.subject[:120],
        "text": first.text if first else "",
        "process": str(found.process_id or ""),
    }
    form = ContributionForm(_choices(processes), request.POST or None, initial=initial)

    def act(cleaned: dict[str, Any]) -> str:
        become_contribution(
            conversation=found,
            process=processes[cleaned["process"]],
            words=Words(title=cleaned["title"], text=cleaned["text"], language=found.language),
            clock=request.clock,
        )
        return conversation_path(code)

    asked = Asked(
        title=_("En faire une parole publique"),
        lead=_("La personne est d’accord. Une réponse publique lui sera due, et sa clé ouvrira sa parole."),
        send=_("Publier sa parole"),
        done=_("C’est une parole publique."),
        is_announced=True,
        crumbs=inbox_crumbs((found.subject, conversation_path(code))),
    )
    return ask(request, form, act, asked)


_HERS = InboxMessage.Kind.RECEIVED


def _processes(request: Request) -> dict[str, Process]:
    newest = visible_processes(request.viewer).select_related("record__wording", "record__authority")
    rows = newest.select_related("record__audience", "record__wording").order_by("-record__happened_at")
    return {str(each.pk): each for each in rows[:MOST_PROCESSES]}


def _choices(processes: dict[str, Process]) -> list[tuple[str, str]]:
    return [(pk, each.record.title) for pk, each in processes.items()]


def _ask_first(request: Request, found: Conversation, processes: dict[str, Process]) -> HttpResponse:
    if request.method == "POST":
        return _asked(request, found, processes)
    context = {
        "conversation": found,
        "processes": _choices(processes),
        "path": conversation_path(found.code, "parole"),
        "back": conversation_path(found.code),
        "is_asked": found.agreement == Agreement.ASKED,
        "is_refused": found.agreement == Agreement.REFUSED,
    }
    crumbs = inbox_crumbs((found.subject, conversation_path(found.code)))
    return desk_page(request, "agreement.html", context, title=_("Demander son accord"), crumbs=crumbs)


def _asked(request: Request, found: Conversation, processes: dict[str, Process]) -> HttpResponse:
    """Ask her now; or note the yes or the no that she said in words."""
    act = request.POST.get("acte", "")
    try:
        spend_a_write(request)
        if act in ("oui", "non"):
            note_agreement(conversation=found, is_given=act == "oui")
            return redirect(conversation_path(found.code, "parole" if act == "oui" else ""))
        process = _chosen(request, processes)
        ask_agreement(conversation=found, process=process, by=someone(request), clock=request.clock)
        messages.success(request, _("Question envoyée. L’échange attend la personne."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(conversation_path(found.code, "parole"))
    return redirect(conversation_path(found.code))


def _chosen(request: Request, processes: dict[str, Process]) -> Process:
    process = processes.get(request.POST.get("concertation", ""))
    if process is None:
        raise Refusal(_("Choisissez une concertation."))
    return process
