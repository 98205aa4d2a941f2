"""What is done with one conversation: given, reopened, sorted; or begun, from a call."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.communities.queries import agents_of, services_of
from democratic.kernel.refusals import Refusal
from democratic.participation.inbox.actions import assign
from democratic.participation.inbox.models import Channel
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.participation.inbox.reopening import reopen_conversation
from democratic.participation.inbox.tagging import untag_conversation
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.inbox import AssignForm, CallForm
from democratic.web.desk.forms.replies import ReopenForm
from democratic.web.desk.pages import Asked, ask
from democratic.web.desk.views.conversations import conversation_of, inbox_crumbs
from democratic.web.desk.views.inbox import conversation_path
from democratic.web.desk.views.inbox_acts import ACTS, Ticked
from democratic.web.requests import Request, someone


@require_http_methods(["GET", "POST"])
@for_agents
def give(request: Request, code: str) -> HttpResponse:
    """To a service, an agent or both, with the day of the answer."""
    found = conversation_of(request, code)
    initial = {"service": found.service_id or "", "assignee": found.assignee_id or ""}
    form = AssignForm(
        services_of(request.authority), agents_of(request.authority), request.POST or None, initial=initial
    )

    def act(cleaned: dict[str, Any]) -> str:
        assign(
            authority=request.authority,
            conversations=[found.pk],
            service=form.services.get(cleaned["service"]),
            assignee=form.agents.get(cleaned["assignee"]),
            due_on=cleaned["due_on"],
            clock=request.clock,
        )
        return conversation_path(code)

    asked = Asked(
        title=_("Confier cet échange"),
        lead=_("Elle se pose sur la première page de qui la reçoit, avec sa date."),
        send=_("Confier"),
        done=_("C’est confié."),
        crumbs=inbox_crumbs((found.subject, conversation_path(code))),
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def reopen(request: Request, code: str) -> HttpResponse:
    """A closed one that was not over: with a reason, and a new day."""
    found = conversation_of(request, code)

    def act(cleaned: dict[str, Any]) -> str:
        reopen_conversation(
            conversation=found, reason=cleaned["reason"], by=someone(request), clock=request.clock
        )
        return conversation_path(code)

    asked = Asked(
        title=_("Rouvrir cet échange"),
        lead=_("Une réponse est due de nouveau, dans quinze jours."),
        send=_("Rouvrir"),
        done=_("L’échange est rouvert."),
        crumbs=inbox_crumbs((found.subject, conversation_path(code))),
    )
    return ask(request, ReopenForm(request.POST if request.method == "POST" else None), act, asked)


@require_POST
@for_agents
def sort(request: Request, code: str) -> HttpResponse:
    """The list's own acts, on this one: tag, group, take, close; or take a word away."""
    found = conversation_of(request, code)
    act: Callable[[Ticked], str] | None = ACTS.get(request.POST.get("acte", ""))
    try:
        spend_a_write(request)
        if request.POST.get("retirer"):
            untag_conversation(conversation=found, tag=UUID(request.POST["retirer"]))
        elif act is not None:
            messages.success(request, act(Ticked(request, [found.pk])))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    except ValueError:  # what is no identifier takes nothing away
        return redirect(conversation_path(code))
    return redirect(conversation_path(code))


@require_http_methods(["GET", "POST"])
@for_agents
def call(request: Request) -> HttpResponse:
    """What someone said on the telephone: she is given the code and the key while she is there."""
    form = CallForm(request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        received = receive_message(
            authority=request.authority,
            channel=Channel.PHONE,
            text=cleaned["text"],
            subject=cleaned["subject"],
            sender=Sender(address=cleaned["phone"], name=cleaned["name"]),
            noted_by=someone(request),
            clock=request.clock,
        )
        told = _("Dites-lui son code, %(code)s, et sa clé, %(secret)s : elle n’est montrée qu’ici.")
        messages.info(request, told % {"code": received.conversation.code, "secret": received.secret})
        return conversation_path(received.conversation.code)

    asked = Asked(
        title=_("Noter un appel"),
        lead=_("Ce que la personne dit arrive dans la boîte commune, comme un message écrit."),
        send=_("Garder"),
        done=_("C’est gardé."),
        crumbs=inbox_crumbs(),
    )
    return ask(request, form, act, asked)
