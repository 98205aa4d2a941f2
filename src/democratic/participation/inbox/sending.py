"""An answer goes back on the channel by which the message came; what does not leave says why at once."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from civics.reach.rendering import Say
from democratic.messaging.actions import INBOX, Notice, queue_messages
from democratic.messaging.models import Correspondent, OutgoingMessage
from democratic.messaging.telling import Errand, tell
from democratic.participation.inbox.addressing import reply_address
from democratic.participation.inbox.models import Channel, Conversation, InboxMessage
from democratic.people.actions import address_to_answer
from democratic.thread.addresses import public_url

# On these an answer waits for her: she reads it with her code and her key, or we call.
READ_HERE = (Channel.WEB, Channel.PHONE)


def send_back(conversation: Conversation, message: InboxMessage) -> None:
    """Keep the message, and what carries it; or why nothing does, at once."""
    if conversation.correspondent is not None:
        _by_channel(conversation.correspondent, message)
    elif conversation.address and "@" in conversation.address:
        _by_mail(conversation, message)
    elif conversation.channel not in READ_HERE:
        message.unsent_reason = _("Aucun connecteur n’envoie encore sur ce canal : la réponse attend ici.")
    message.save(force_insert=True)


def _by_channel(her: Correspondent, message: InboxMessage) -> None:
    """An answer to what she wrote: at any hour, and beyond her channel's window once she writes again."""
    errand = Errand(f"{INBOX}:{message.pk.hex}")
    rows = tell(her, [Say(message.text)], errand, now=message.at)
    if rows:
        message.outgoing = rows[-1]
    elif her.stopped_at is not None:
        message.unsent_reason = _("La personne a demandé l’arrêt : rien ne lui est envoyé.")
    else:
        message.unsent_reason = _("Ce canal est fermé : la réponse attend ici.")


def _by_mail(conversation: Conversation, message: InboxMessage) -> None:
    """STOP always wins: nothing leaves, and the agent reads why."""
    address = address_to_answer(
        person=conversation.person, email=conversation.address, language=conversation.language
    )
    if address.stopped_at is not None:
        message.unsent_reason = _("La personne a demandé l’arrêt : rien ne lui est envoyé.")
        return
    message.external_id = ""
    before = conversation.messages.exclude(external_id="").filter(channel=Channel.EMAIL)
    last = before.order_by("-at", "-pk").values_list("external_id", flat=True).first()
    queue_messages(
        [
            Notice(
                authority=conversation.authority,
                address=address,
                purpose=f"{INBOX}:{message.pk.hex}",
                subject=_answering(conversation.subject),
                body=_body(conversation, message.text),
                reply_to=reply_address(conversation),
                in_reply_to=last or "",
            )
        ]
    )
    message.outgoing = OutgoingMessage.objects.get(address=address, purpose=f"{INBOX}:{message.pk.hex}")


def _answering(subject: str) -> str:
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _body(conversation: Conversation, text: str) -> str:
    with override(conversation.language):
        where = public_url(conversation.authority, f"/nous-ecrire/{conversation.code}", conversation.language)
        told = _("Votre échange %(code)s, avec toutes les réponses : %(url)s") % {
            "code": conversation.code,
            "url": where,
        }
        how = _("Pour répondre, répondez à ce message.") if reply_address(conversation) else ""
    return "\n\n".join(part for part in (text, how, told) if part)
