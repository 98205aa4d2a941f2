"""Sending: a message is claimed in one transaction, sent outside any, and marked in another.

A process killed between the claim and the mark leaves the message claimed. It is never sent again, as it
may have left: it says so, and an agent decides (docs/decisions/0006). So each is claimed alone, once the
mail server has answered: a kill leaves one in doubt, and a server that is down leaves all of them waiting.
"""

import logging
import smtplib
import time
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection, transaction
from django.utils.translation import gettext as _

from democratic.kernel.data_classes import MESSAGES
from democratic.kernel.outages import Part, report_down, report_up
from democratic.messaging.actions import (
    APPROVAL_ASKED,
    INBOX,
    INBOX_KEY,
    INVITATION,
    PARENT_ASKED,
    SUBJECTS_ASSIGNED,
    SUBJECTS_TAKEN,
    TURNED_15,
    UPDATE_ASKED,
)
from democratic.messaging.composing import compose
from democratic.messaging.models import OutgoingMessage

logger = logging.getLogger(__name__)

# What may be written to an address that nobody confirmed: the question itself, an invitation to work here,
# a child's request to her parent, the word that ends it, what their own work asks of an agent or of an elected
# person, and what answers who wrote to us first.
BEFORE_CONSENT = {
    "confirm",
    INVITATION,
    PARENT_ASKED,
    TURNED_15,
    UPDATE_ASKED,
    APPROVAL_ASKED,
    SUBJECTS_ASSIGNED,
    SUBJECTS_TAKEN,
    INBOX,
    INBOX_KEY,
}
# These words open a door: once they have left, no copy stays here.
SECRET = [INVITATION, PARENT_ASKED, UPDATE_ASKED, APPROVAL_ASKED, INBOX_KEY]
SLOW = 3.0  # seconds to open a line
MOST_ATTEMPTS = 8
PERMANENT = 500  # a server's refusal from here on; below, it asks to try again later
# Refused for now: again 2, 8, 18… 98 minutes after it was queued.
_DUE = """state = 'queued' and address_id is not null and id <> all(%s)
  and created_at + attempts * attempts * interval '2 minutes' <= clock_timestamp()"""
_WAITS = f"select exists (select from messaging_outgoingmessage where {_DUE})"  # noqa: S608 -- a constant of ours
_CLAIM = f"""
update messaging_outgoingmessage set state = 'sending', attempts = attempts + 1, claimed_at = clock_timestamp()
where id = (
  select id from messaging_outgoingmessage where {_DUE}
  order by created_at limit 1 for update skip locked)
returning id
"""  # noqa: S608 -- a constant of ours
_INTERRUPTED = """
update messaging_outgoingmessage set state = 'failed', reason = %s
where state = 'sending' and coalesce(claimed_at, created_at) < now() - interval '10 minutes'
"""


@dataclass(frozen=True, slots=True)
class Delivered:
    sent: int
    stopped: int
    failed: int


def deliver(limit: int = 50) -> Delivered:
    """Send what waits, one message after the other, over one connection; none twice in a round."""
    outcomes: dict[UUID, str] = {}
    mailer = get_connection()
    try:
        while len(outcomes) < limit and _something_waits(list(outcomes)):
            open_line(mailer)  # before the claim: what cannot be reached has taken nothing
            message = _claim(list(outcomes))
            if message is not None:
                outcomes[message.pk] = _deliver_one(message, mailer)
    except OSError as error:
        report_down(Part.MAIL)
        logger.warning("the mail server does not answer (%s): messages wait", type(error).__name__)
    finally:
        _close(mailer)
    states = list(outcomes.values())
    return Delivered(*(states.count(state) for state in ("sent", "stopped", "failed")))


def open_line(mailer: BaseEmailBackend) -> None:
    """Say whether the server is down: one that takes seconds to say hello sends late, and is as good as down."""
    began = time.monotonic()
    if not _hello(mailer):
        return
    if time.monotonic() - began > SLOW:
        report_down(Part.MAIL)
    else:
        report_up(Part.MAIL)


def try_line() -> None:
    """A new line, opened and closed. OSError while the server does not answer, or too slowly."""
    mailer, began = get_connection(), time.monotonic()
    try:
        _hello(mailer)
    finally:
        _close(mailer)
    if time.monotonic() - began > SLOW:
        raise TimeoutError("the mail server is slow")


def _hello(mailer: BaseEmailBackend) -> bool:
    """Whether the line had to be opened. Hellos are said now, as a message would: slowness shows there."""
    was_opened = mailer.open() is not False
    if was_opened and isinstance(mailer, EmailBackend) and mailer.connection is not None:
        mailer.connection.ehlo_or_helo_if_needed()
    return was_opened


def _something_waits(but: list[UUID]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, [but])
        return bool(cursor.fetchone()[0])


def _claim(but: list[UUID]) -> OutgoingMessage | None:
    """None when another worker was quicker."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [but])
        row = cursor.fetchone()
    return OutgoingMessage.objects.select_related("address", "authority").get(pk=row[0]) if row else None


def _close(mailer: BaseEmailBackend) -> None:
    with suppress(OSError):
        mailer.close()


def _deliver_one(message: OutgoingMessage, mailer: BaseEmailBackend) -> str:
    if message.mailbox.stopped_at is not None:
        return _mark(message, OutgoingMessage.State.STOPPED, _("La personne a demandé l’arrêt."))
    if message.purpose.partition(":")[0] not in BEFORE_CONSENT and message.mailbox.confirmed_at is None:
        return _mark(message, OutgoingMessage.State.STOPPED, _("L’adresse n’a pas été confirmée."))
    try:
        compose(message, mailer).send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refusal:
        _close(mailer)
        return _put_off(message, refusal)
    except OSError as error:  # cut while it was being sent: nobody knows whether it left
        _close(mailer)
        report_down(Part.MAIL)
        logger.warning("message %s may not have left: %s", message.pk, type(error).__name__)
        return _mark(message, OutgoingMessage.State.FAILED, _in_doubt())
    with connection.cursor() as cursor:
        cursor.execute(
            "update messaging_outgoingmessage set state = 'sent', sent_at = clock_timestamp(), reason = '',"
            " body = case when split_part(purpose, ':', 1) = any(%s) then '' else body end where id = %s",
            [SECRET, message.pk],
        )
    return "sent"


def _put_off(
    message: OutgoingMessage, refusal: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused
) -> str:
    """The server said no: nothing left. It is tried again when the server says that it may be."""
    is_last = message.attempts >= MOST_ATTEMPTS or _code_of(refusal) >= PERMANENT
    logger.warning(
        "message %s not sent (attempt %s): %s", message.pk, message.attempts, type(refusal).__name__
    )
    state = OutgoingMessage.State.FAILED if is_last else OutgoingMessage.State.QUEUED
    return _mark(message, state, f"{type(refusal).__name__}: {refusal}"[:300])


def _code_of(refusal: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> int:
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return max((code for code, _words in refusal.recipients.values()), default=PERMANENT)
    return refusal.smtp_code


def _mark(message: OutgoingMessage, state: OutgoingMessage.State, reason: str) -> str:
    OutgoingMessage.objects.filter(pk=message.pk).update(state=state, reason=reason)
    return str(state)


def _in_doubt() -> str:
    return _("Interrompu pendant l’envoi : ce message est peut-être parti.")


def give_up_interrupted() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_INTERRUPTED, [_in_doubt()])
        return cursor.rowcount


def forget_old_messages() -> int:
    """Words and addresses of a notice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from messaging_outgoingmessage"
            " where state in ('sent', 'stopped', 'failed') and created_at < now() - %s * interval '1 day'",
            [MESSAGES.term.length],
        )
        return cursor.rowcount
