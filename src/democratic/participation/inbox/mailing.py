"""A mail joins the conversation that it answers, or opens one; her key is sent back once, with the day of the answer."""

import logging
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from democratic.kernel.clock import Clock
from democratic.kernel.days import day_in_words
from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import TooMany
from democratic.messaging.actions import INBOX_KEY, Notice, queue_messages
from democratic.participation.inbox.addressing import code_in, reply_address
from democratic.participation.inbox.mail import Letter
from democratic.participation.inbox.models import Channel, Conversation
from democratic.participation.inbox.receiving import Received, Sender, receive_message
from democratic.people.actions import address_to_answer
from democratic.thread.addresses import public_url
from democratic.thread.models import Authority

logger = logging.getLogger(__name__)

# Whoever writes under someone else's address fills nobody's mailbox from here.
KEYS_TO_ADDRESS = Limit("keys-to-address", 5, 86400)
_OURS = "@democratic>"


def receive_letter(*, authority: Authority, letter: Letter, clock: Clock) -> Received | None:
    """None for what no person wrote: an absence, a bounce, a list. Nothing is answered to those."""
    if letter.is_automatic:
        logger.info("inbox: a mail that a machine wrote is left out")
        return None
    received = receive_message(
        authority=authority,
        channel=Channel.EMAIL,
        text=letter.text,
        subject=letter.subject,
        sender=Sender(address=letter.address, name=letter.name),
        external_id=letter.message_id,
        conversation=_answered(authority, letter),
        attachments=letter.attachments,
        clock=clock,
    )
    if received.is_new and received.secret:
        _give_key(received, letter)
    return received


def _answered(authority: Authority, letter: Letter) -> Conversation | None:
    """By the address that we gave for answers; else by the mail that it answers, from the address it was sent to."""
    here = Conversation.objects.filter(authority=authority)
    if code := code_in(letter.to):
        return here.filter(code=code).first()
    sent = [found for each in letter.references if (found := _id_of(each)) is not None]
    ours = here.filter(messages__outgoing__in=sent) if sent else here.none()
    hers = here.filter(messages__external_id__in=letter.references, messages__channel=Channel.EMAIL)
    return (ours | hers).filter(address=letter.address).distinct().first()


def _id_of(reference: str) -> UUID | None:
    if not reference.endswith(_OURS):
        return None
    try:
        return UUID(reference[1 : -len(_OURS)])
    except ValueError:
        return None


def _give_key(received: Received, letter: Letter) -> None:
    """The receipt of a mail: by when, and what opens the conversation; never to who said STOP."""
    conversation = received.conversation
    try:
        spend(KEYS_TO_ADDRESS, letter.address)
    except TooMany:
        return
    address = address_to_answer(
        person=conversation.person, email=conversation.address, language=conversation.language
    )
    if address.stopped_at is not None:
        return
    with override(conversation.language):
        told = _receipt(received)
        subject = _("Confirmation de réception : %(subject)s") % {"subject": conversation.subject}
    queue_messages(
        [
            Notice(
                authority=conversation.authority,
                address=address,
                purpose=INBOX_KEY,
                subject=subject,
                body=told,
                reply_to=reply_address(conversation),
                in_reply_to=letter.message_id,
            )
        ]
    )


def _receipt(received: Received) -> str:
    conversation = received.conversation
    code, language = conversation.code, conversation.language
    by_when = _("Nous avons reçu votre message. Un agent vous répond avant le %(day)s.")
    opens = _("Votre code : %(code)s. Votre clé : %(secret)s. Ensemble, ils ouvrent votre échange : %(url)s")
    url = public_url(conversation.authority, f"/nous-ecrire/{code}", language)
    said = opens % {"code": code, "secret": received.secret, "url": url}
    return f"{by_when % {'day': day_in_words(conversation.due_on)}}\n\n{said}"
