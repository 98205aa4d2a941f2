"""What agents do with a conversation. Nothing here enters the journal: letters are private."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from democratic.communities.models import Service
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.participation.inbox.models import Channel, Conversation, InboxMessage
from democratic.participation.inbox.sending import send_back
from democratic.participation.inbox.states import ConversationState, refuse_unless_next
from democratic.people.models import Person
from democratic.thread.models import Authority, Record

Kind = InboxMessage.Kind
_THEN = {Kind.ANSWER: ConversationState.ANSWERED, Kind.QUESTION: ConversationState.ASKED}


@transaction.atomic
def write_back(
    *, conversation: Conversation, kind: str, text: str, seen: UUID | None, by: Person, clock: Clock
) -> InboxMessage:
    """An answer or a question to the person, on the channel by which she wrote; or a note between agents.

    ``seen``: the last message that the agent had in front of her. Conflict when another agent has written to
    the person since: nothing is sent twice, and what was typed is hers to look at again.
    """
    said = clean_text(text)
    if not said:
        raise Refusal(gettext_lazy("Écrivez votre message avant de l’envoyer."), field="text")
    locked = _locked(conversation)
    if kind != Kind.NOTE:
        refuse_unless_next(locked.state, _THEN[Kind(kind)])
        _refuse_if_answered_meanwhile(locked, seen)
    now = clock.now()
    message = InboxMessage(
        conversation=locked, kind=kind, channel=locked.channel, text=said, author=by, at=now
    )
    if kind == Kind.NOTE:
        message.save(force_insert=True)
        return message
    send_back(locked, message)
    locked.state, locked.last_at = _THEN[Kind(kind)], now
    locked.save(update_fields=["state", "last_at"])
    return message


def _locked(conversation: Conversation) -> Conversation:
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("authority", "person")
    return rows.get(pk=conversation.pk)


def _refuse_if_answered_meanwhile(conversation: Conversation, seen: UUID | None) -> None:
    ours = conversation.messages.filter(kind__in=(Kind.ANSWER, Kind.QUESTION)).order_by("-at", "-pk")
    last = ours.select_related("author").first()
    if last is not None and last.pk != seen:
        name = last.author.name if last.author and last.author.name else _("Un autre agent")
        raise Conflict(
            _(
                "%(name)s a répondu à l’instant. Votre texte est encore là : relisez, puis envoyez s’il le faut."
            )
            % {"name": name}
        )


@transaction.atomic
def assign(
    *,
    authority: Authority,
    conversations: Collection[UUID],
    service: Service | None,
    assignee: Person | None,
    due_on: date | None,
    clock: Clock,
) -> int:
    """To a service, an agent or both; ``due_on`` None keeps each one's date. How many changed hands."""
    if service is None and assignee is None:
        raise Refusal(gettext_lazy("Choisissez un service ou une personne."), field="service")
    if due_on is not None and due_on < local_day(clock.now(), authority.time_zone):
        raise Refusal(gettext_lazy("Cette date est passée : choisissez-en une à venir."), field="due_on")
    for each in locked_in(authority, conversations):
        each.service, each.assignee = service, assignee
        each.due_on = due_on or each.due_on
        if each.state == ConversationState.NEW:
            each.state = ConversationState.ASSIGNED
        each.save(update_fields=["service", "assignee", "due_on", "state"])
    return len(conversations)


def locked_in(authority: Authority, ids: Collection[UUID]) -> Sequence[Conversation]:
    """In one order, so that two agents who tick the same ones never wait for each other in a ring."""
    rows = Conversation.objects.select_for_update(of=("self",)).filter(authority=authority, pk__in=ids)
    return list(rows.order_by("pk"))


@transaction.atomic
def group_with(*, authority: Authority, conversations: Collection[UUID], about: Record) -> int:
    """What they are about: a contribution, a theme, a consultation. Its process is theirs."""
    if about.authority_id != authority.pk:
        raise Refusal(gettext_lazy("Ce code n’est pas d’ici."), field="code")
    process = about if about.kind == "process" else about.process
    found = locked_in(authority, conversations)
    for each in found:
        each.about, each.process = about, process or each.process
        each.save(update_fields=["about", "process"])
    return len(found)


@transaction.atomic
def close_conversations(*, authority: Authority, conversations: Collection[UUID], clock: Clock) -> int:
    """No answer is owed any more; a new message reopens it. Those that are closed already stay as they are."""
    now, closed = clock.now(), 0
    for each in locked_in(authority, conversations):
        if each.state == ConversationState.CLOSED:
            continue
        each.state, each.closed_at = ConversationState.CLOSED, now
        each.save(update_fields=["state", "closed_at"])
        closed += 1
    return closed


@transaction.atomic
def leave_inbox(*, person_ids: Collection[UUID]) -> None:
    """What she wrote to the authority goes with her; what she had in hand as an agent is nobody's again."""
    Conversation.objects.filter(person__in=person_ids).delete()
    Conversation.objects.filter(assignee__in=person_ids).update(assignee=None)
    InboxMessage.objects.filter(author__in=person_ids).update(author=None)


__all__ = [
    "Channel", "assign", "close_conversations", "group_with", "leave_inbox", "locked_in", "write_back",
]  # fmt: skip
