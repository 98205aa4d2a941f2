"""One conversation: read, answered on the channel by which it came, asked back, given, made public."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.clock import local_day
from democratic.kernel.ids import uuid7
from democratic.messaging.models import OutgoingMessage
from democratic.participation.conversations.models import FlowFile
from democratic.participation.conversations.reviewing import came_with
from democratic.participation.inbox.actions import write_back
from democratic.participation.inbox.models import Agreement, Channel, Conversation, InboxMessage
from democratic.participation.inbox.queries import get_conversation, last_sent, messages_of
from democratic.participation.inbox.replies import templates_of, text_in
from democratic.participation.inbox.states import WAITING, ConversationState
from democratic.people.models import Person
from democratic.web.acts import attempt, refused
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.inbox import WriteBackForm
from democratic.web.desk.pages import acknowledge, desk_page
from democratic.web.desk.views.inbox import conversation_path, inbox_path, row
from democratic.web.formats import day, hour
from democratic.web.places import record_path
from democratic.web.requests import Request, someone
from democratic.web.sent_along import at_the_desk, not_kept

Kind = InboxMessage.Kind
# The buttons under the one field.
BUTTONS = {"repondre": Kind.ANSWER, "demander": Kind.QUESTION, "noter": Kind.NOTE}
BEGIN = "commencer"


def inbox_crumbs(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((_("Boîte commune"), inbox_path()), *more)


def conversation_of(request: Request, code: str) -> Conversation:
    found = get_conversation(request.authority, code)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@for_agents
def detail(request: Request, code: str) -> HttpResponse:
    """What was said, and one field to go on: an answer, a question, or a note between agents."""
    found = conversation_of(request, code)
    if request.POST.get("acte") == BEGIN:
        return _page(request, found, _begun(request, found))
    form = WriteBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = attempt(request, form, partial(_write, request, found))
        if done is not None:
            return done
        found = conversation_of(request, code)
    return _page(request, found, form)


def _begun(request: Request, found: Conversation) -> WriteBackForm:
    """What is typed, then the template in her language. Nothing is kept nor sent."""
    chosen = {str(each.pk): each for each in templates_of(request.authority)}.get(
        request.POST.get("modele", "")
    )
    typed = request.POST.get("text", "").strip()
    added = text_in(chosen, found.language) if chosen else ""
    return WriteBackForm(initial={"text": "\n\n".join(part for part in (typed, added) if part)})


def _write(request: Request, found: Conversation, _person: Person, said: dict[str, Any]) -> str:
    kind = BUTTONS.get(request.POST.get("acte", ""), Kind.NOTE)
    message = write_back(
        conversation=found,
        kind=kind,
        text=said["text"],
        seen=_seen(request),
        by=someone(request),
        clock=request.clock,
    )
    told = {
        Kind.ANSWER: _("Réponse envoyée."),
        Kind.QUESTION: _("Question envoyée. L’échange attend la personne."),
        Kind.NOTE: _("C’est noté, entre agents."),
    }
    if message.unsent_reason:
        acknowledge(request, message.unsent_reason, messages.WARNING)
    else:
        acknowledge(request, told[kind] if kind == Kind.NOTE or message.outgoing else _how_read(found))
    return conversation_path(found.code)


def _how_read(found: Conversation) -> str:
    if found.channel == Channel.PHONE:
        return _("C’est gardé : rappelez la personne. Elle peut aussi le lire avec son code et sa clé.")
    return _("Réponse publiée dans son échange : elle la lit avec son code et sa clé.")


def _seen(request: Request) -> UUID | None:
    try:
        return UUID(request.POST.get("vu", ""))
    except ValueError:
        return None


def _page(request: Request, found: Conversation, form: WriteBackForm) -> HttpResponse:
    said = messages_of(found, with_notes=True)
    today = local_day(request.clock.now(), request.authority.time_zone)
    known, files = row(found, today), came_with(said)
    context = {
        "conversation": found,
        "row": known,
        "messages": [_message(each, files[each.pk], conversation_path(found.code)) for each in said],
        "facts": _facts(found, known),
        "tags": [(tag.pk, tag.name) for tag in found.tags.all()],
        "seen": last_sent(said) or "",
        "key": uuid7().hex,
        "form": form,
        "templates": [(each.pk, each.name) for each in templates_of(request.authority)],
        "path": conversation_path(found.code),
        "is_closed": found.state == ConversationState.CLOSED,
        "waits": found.state in WAITING,
        "is_child": found.age_band == "under_15",
        "about": record_path(found.about.kind, found.about.code) if found.about else "",
        "became": record_path("idea", found.became.code) if found.became else "",
        "agreement": found.get_agreement_display() if found.agreement else "",
        "may_publish": found.became is None and found.agreement != Agreement.REFUSED,
    }
    return desk_page(
        request,
        "conversation.html",
        context,
        title=found.subject,
        crumbs=inbox_crumbs(),
        status=refused(form),
    )


def _facts(found: Conversation, known: dict[str, Any]) -> list[tuple[str, str]]:
    where = found.address or _("aucune adresse : la réponse se lit avec le code et la clé")
    if found.correspondent_id is not None:
        where = _("là où la personne a écrit")
    facts = [
        (_("Reçu"), f"{found.get_channel_display()}, {day(found.opened_at)}"),
        (_("De"), found.name or _("Sans nom")),
        (_("Réponse vers"), where),
        (_("Confiée à"), known["to"]),
        (_("Réponse avant le"), day(found.due_on)),
        (_("Code"), found.code),
    ]
    return facts if found.state in WAITING else [each for each in facts if each[0] != _("Réponse avant le")]


def _message(message: InboxMessage, files: Sequence[FlowFile], base: str) -> dict[str, Any]:
    who = message.author.name if message.author and message.author.name else ""
    return {
        "kind": message.kind,
        "label": message.get_kind_display(),
        "who": who,
        "text": message.words,
        "when": f"{day(message.at)}, {hour(message.at)}",
        "files": [at_the_desk(each, base) for each in files],
        "attachments": not_kept(message, files),
        "sent": _sent(message),
        "is_unsent": bool(message.unsent_reason) or _failed(message),
    }


def _failed(message: InboxMessage) -> bool:
    stuck = (OutgoingMessage.State.FAILED, OutgoingMessage.State.STOPPED)
    return message.outgoing is not None and message.outgoing.state in stuck


def _sent(message: InboxMessage) -> str:
    """What became of it, always said: sent, waiting, or why not."""
    if message.unsent_reason:
        return message.unsent_reason
    if message.outgoing is not None:
        state = str(message.outgoing.get_state_display())
        return f"{state} : {message.outgoing.reason}" if message.outgoing.reason else state
    return ""
