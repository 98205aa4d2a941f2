"""The one way in: whatever the channel, a message joins its conversation or opens one, exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.ids import new_claim_secret, new_code
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.messaging.models import Correspondent
from democratic.participation.inbox.models import Channel, Conversation, InboxMessage
from democratic.participation.inbox.reopening import ANSWER_WITHIN, wait_again
from democratic.people.actions import welcome_guest
from democratic.people.models import AgeBand, Person
from democratic.thread.models import Authority, Record

LONGEST = 20_000  # signs
SUBJECT = 200
# On these, and with a correspondent, one writes in one endless exchange: what comes within so long of the last word
# belongs to it.
ENDLESS = (Channel.CHAT, Channel.SMS)
SAME_EXCHANGE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of who writes. ``person``: who she is here, when she is known already.

    ``correspondent``: on a channel that has its own addresses, instead of ``address``.
    """

    address: str = ""
    correspondent: Correspondent | None = None
    name: str = ""
    person: Person | None = None
    age_band: str = AgeBand.UNSAID
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Received:
    """``secret`` is the key that is given once, with a conversation's first message; ``is_new`` is False for
    what had come before.
    """

    message: InboxMessage
    secret: str = ""
    is_new: bool = True

    @property
    def conversation(self) -> Conversation:
        return self.message.conversation


def receive_message(
    *,
    authority: Authority,
    channel: Channel,
    text: str,
    clock: Clock,
    sender: Sender,
    at: datetime | None = None,
    external_id: str = "",
    subject: str = "",
    conversation: Conversation | None = None,
    attachments: Sequence[dict[str, Any]] = (),
    noted_by: Person | None = None,
    process: Record | None = None,
) -> Received:
    """What every connector calls. ``at``: when it was said, where the channel tells it; ``external_id``: the
    channel's own name of the message. ``noted_by``: the agent who typed what someone said on the telephone.
    """
    said = clean_text(text)[:LONGEST]
    if not said and not attachments:
        raise Refusal(_("Écrivez votre message : une phrase suffit."), field="text")
    if known := _known(channel, external_id):
        return Received(known, is_new=False)
    message = InboxMessage(
        kind=InboxMessage.Kind.RECEIVED,
        channel=channel,
        external_id=external_id[:250],
        text=said,
        attachments=list(attachments),
        author=noted_by,
    )
    try:
        with transaction.atomic():
            now = clock.now()
            message.at = at or now
            found, secret = _conversation(authority, channel, sender, conversation, now), ""
            if found is None:
                title = clean_line(subject) or _first_words(said)
                found, secret = _open(authority, channel, sender, title, now)
            message.conversation = found
            message.save(force_insert=True)
            _reopen(found, now, process if secret else None)
    except IntegrityError:  # the same one, at the same instant, by another worker
        if known := _known(channel, external_id):
            return Received(known, is_new=False)
        raise
    return Received(message, secret)


def _known(channel: str, external_id: str) -> InboxMessage | None:
    if not external_id:
        return None
    same = InboxMessage.objects.filter(channel=channel, external_id=external_id[:250])
    return same.select_related("conversation__authority").first()


def _conversation(
    authority: Authority, channel: Channel, sender: Sender, named: Conversation | None, now: datetime
) -> Conversation | None:
    """The one that is named, or on some channels the last one with this address; locked."""
    theirs = Conversation.objects.select_for_update(of=("self",)).filter(authority=authority)
    if named is not None:
        return theirs.select_related("authority").filter(pk=named.pk).first()
    if not sender.correspondent and (channel not in ENDLESS or not sender.address):
        return None
    hers = Q(correspondent=sender.correspondent) if sender.correspondent else Q(address=sender.address)
    lately = theirs.filter(hers, channel=channel, last_at__gte=now - SAME_EXCHANGE)
    return lately.select_related("authority").order_by("-last_at").first()


def _open(
    authority: Authority, channel: Channel, sender: Sender, subject: str, now: datetime
) -> tuple[Conversation, str]:
    secret = new_claim_secret()
    opened = Conversation.objects.create(
        authority=authority,
        code=_free_code(),
        secret_hash=keyed_hash("claim", secret),  # as a contribution's own key: it will open that one too
        channel=channel,
        person=sender.person or welcome_guest(),
        name=clean_line(sender.name)[:80],
        address=clean_line(sender.address)[:254],
        correspondent=sender.correspondent,
        age_band=sender.age_band,
        language=sender.language,
        subject=subject[:SUBJECT],
        due_on=local_day(now + ANSWER_WITHIN, authority.time_zone),
        opened_at=now,
        last_at=now,
    )
    return opened, secret


def _free_code() -> str:
    """Of no Record either: a code read aloud is asked about in one place."""
    code = new_code()
    while Conversation.objects.filter(code=code).exists() or Record.objects.filter(code=code).exists():
        code = new_code()
    return code


def _reopen(conversation: Conversation, now: datetime, process: Record | None) -> None:
    """Someone waits for us again: until the day that was promised, or a new one when she had been answered."""
    wait_again(conversation, now)
    conversation.last_at = now
    if process is not None:
        conversation.process = process
    conversation.save(update_fields=["due_on", "state", "last_at", "closed_at", "process"])


def _first_words(text: str) -> str:
    first = " ".join(text.split()) or str(_("Sans objet"))
    return first if len(first) <= 80 else first[:80].rsplit(" ", 1)[0] + "…"  # noqa: PLR2004  a title's length
