"""Sending: a message is claimed in one transaction, sent outside any, and marked in another.

A process killed between the claim and the mark leaves the message claimed. It is never sent again, as it
may have left: it says so, and an agent decides (docs/decisions/0006).
"""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from democratic.messaging.links import stop_url
from democratic.messaging.models import OutgoingMessage

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
_CLAIM = """
update messaging_outgoingmessage set state = 'sending', attempts = attempts + 1
where id in (
  select id from messaging_outgoingmessage where state = 'queued'
  order by created_at limit %s for update skip locked)
returning id
"""
_INTERRUPTED = """
update messaging_outgoingmessage set state = 'failed', reason = %s
where state = 'sending' and created_at < now() - interval '10 minutes'
"""


@dataclass(frozen=True, slots=True)
class Delivered:
    sent: int
    stopped: int
    failed: int


def deliver(limit: int = 50) -> Delivered:
    """Send what waits, one message after the other, over one connection."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [limit])
        claimed = [row[0] for row in cursor.fetchall()]
    messages = OutgoingMessage.objects.filter(pk__in=claimed).select_related("address").order_by("created_at")
    outcomes = [_deliver_one(message) for message in messages]
    return Delivered(*(outcomes.count(state) for state in ("sent", "stopped", "failed")))


def _deliver_one(message: OutgoingMessage) -> str:
    if message.address.stopped_at is not None:
        return _mark(message, OutgoingMessage.State.STOPPED, _("La personne a demandé l’arrêt."))
    if message.purpose != "confirm" and message.address.confirmed_at is None:
        return _mark(message, OutgoingMessage.State.STOPPED, _("L’adresse n’a pas été confirmée."))
    try:
        compose(message).send()
    except (OSError, smtplib.SMTPException) as error:
        return _put_off(message, error)
    with connection.cursor() as cursor:
        cursor.execute(
            "update messaging_outgoingmessage set state = 'sent', sent_at = clock_timestamp(), reason = ''"
            " where id = %s",
            [message.pk],
        )
    return "sent"


def _put_off(message: OutgoingMessage, error: Exception) -> str:
    """The server refused it or could not be reached: nothing left, so it may be tried again."""
    is_last = message.attempts >= MOST_ATTEMPTS or isinstance(error, smtplib.SMTPRecipientsRefused)
    logger.warning("message %s not sent (attempt %s): %s", message.pk, message.attempts, type(error).__name__)
    state = OutgoingMessage.State.FAILED if is_last else OutgoingMessage.State.QUEUED
    return _mark(message, state, f"{type(error).__name__}: {error}"[:300])


def _mark(message: OutgoingMessage, state: OutgoingMessage.State, reason: str) -> str:
    OutgoingMessage.objects.filter(pk=message.pk).update(state=state, reason=reason)
    return str(state)


def compose(
    message: OutgoingMessage, connect: Callable[[], BaseEmailBackend] = get_connection
) -> EmailMessage:
    """The mail itself, with its one-click unsubscribe (RFC 8058) and an identity that survives a retry."""
    stop = stop_url(message.address)
    with override(message.address.language):
        footer = _("Pour ne plus rien recevoir à cette adresse : %(link)s") % {"link": stop}
    return EmailMessage(
        subject=message.subject,
        body=f"{message.body}\n\n--\n{footer}\n",
        to=[message.address.email],
        connection=connect(),
        headers={
            "Message-ID": f"<{message.pk}@democratic>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def give_up_interrupted() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_INTERRUPTED, [_("Interrompu pendant l’envoi : ce message est peut-être parti.")])
        return cursor.rowcount


def forget_old_messages() -> int:
    """Words and addresses of a notice are kept ninety days, then deleted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from messaging_outgoingmessage"
            " where state in ('sent', 'stopped', 'failed') and created_at < now() - interval '90 days'"
        )
        return cursor.rowcount
