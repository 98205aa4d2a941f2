"""Someone waits for us again: she wrote, or an agent found that she was not done with."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.participation.inbox.models import Conversation, InboxMessage
from democratic.participation.inbox.states import WAITING, ConversationState
from democratic.people.models import Person

ANSWER_WITHIN = timedelta(days=15)


@transaction.atomic
def reopen_conversation(*, conversation: Conversation, reason: str, by: Person, clock: Clock) -> None:
    """In the hands in which it was, with a new day; agents read why, and who wrote it does not."""
    said = clean_text(reason)
    if not said:
        raise Refusal(_("Dites pourquoi : le prochain agent le lira."), field="reason")
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("authority")
    locked = rows.get(pk=conversation.pk)
    if locked.state != ConversationState.CLOSED:
        raise Conflict(_("Cet échange n’est plus clos : quelqu’un l’a rouvert avant vous."))
    now = clock.now()
    wait_again(locked, now)
    locked.save(update_fields=["due_on", "state", "closed_at"])
    InboxMessage.objects.create(
        conversation=locked, kind=InboxMessage.Kind.REOPENED, channel=locked.channel, text=said, author=by, at=now
    )  # fmt: skip


def wait_again(conversation: Conversation, now: datetime) -> None:
    """Until the day that was promised, or a new one when nobody waited any more. Not saved."""
    if conversation.state not in WAITING:
        conversation.due_on = local_day(now + ANSWER_WITHIN, conversation.authority.time_zone)
    in_hand = conversation.assignee_id or conversation.service_id
    conversation.state = ConversationState.ASSIGNED if in_hand else ConversationState.NEW
    conversation.closed_at = None
