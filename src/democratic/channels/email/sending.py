"""One mail out, and what its server says of it in the words of the port."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import formataddr

from django.core.mail import EmailMessage, get_connection

from democratic.channels.email.exchanges import Exchange
from democratic.kernel.text import clean_line
from democratic.messaging.ports import Envelope, InDoubt, Later, Refused

SUBJECT = "Participer"
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,240}>")
_OTHERWISE = re.compile(rb"5\.[02-9]\.")  # RFC 3463: neither an address that is bad, nor silence about it
PERMANENT = 500  # a server's refusal from here on; below, it asks to try again later (RFC 5321, 4.2.1)
BUSY, NOBODY, FULL = 421, {550, 551}, 552
WHILE_BUSY, TO_MEND = 60.0, 300.0  # seconds


def send(envelope: Envelope) -> None:
    mailer, mail = get_connection(), _written(envelope)
    mail.connection = mailer
    try:
        with _unreached():
            mailer.open()
        with _refused():
            mail.send()
    finally:
        with suppress(OSError):
            mailer.close()


def _written(envelope: Envelope) -> EmailMessage:
    """It leaves from the address that answers and refusals come back to, and shows the one that people know.

    No person wrote it, whether it answers somebody or not (RFC 3834). STOP is one press in her program, which posts
    it for her (RFC 8058), or writes it to us (RFC 2369).
    """
    account, exchange = envelope.account, Exchange.of(envelope.address)
    ours = account["address"]
    back = exchange.answered_at(ours)
    joins = ("In-Reply-To", "References") if _MESSAGE_ID.fullmatch(envelope.answers) else ()
    return EmailMessage(
        subject=clean_line(account.get("subject", SUBJECT)),
        body=envelope.parcel.text,
        from_email=back,
        to=[exchange.email],
        reply_to=[back],
        headers={
            "From": formataddr((clean_line(account.get("name", "")), ours)),
            "Message-ID": exchange.message_id(envelope.name, ours),
            "List-Unsubscribe": f"<{envelope.stop_url}>, <mailto:{back}?subject=STOP>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-replied" if envelope.answers else "auto-generated",
            **dict.fromkeys(joins, envelope.answers),
        },
    )


@contextmanager
def _unreached() -> Iterator[None]:
    """Before anything of the mail was said: it waits."""
    try:
        yield
    except smtplib.SMTPResponseException as fault:
        raise _of_all(fault.smtp_code) from fault
    except OSError as fault:
        raise Later(f"SMTP {type(fault).__name__}", after=WHILE_BUSY) from fault


@contextmanager
def _refused() -> Iterator[None]:
    """A refusal of our own address is of all mails, unless this one is too large."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as fault:
        raise _of_one(*next(iter(fault.recipients.values()))) from fault
    except smtplib.SMTPSenderRefused as fault:
        raise (_of_one if fault.smtp_code == FULL else _of_all)(fault.smtp_code) from fault
    except smtplib.SMTPResponseException as fault:
        raise _of_one(fault.smtp_code) from fault
    except OSError as fault:  # cut: nobody knows whether it left
        raise InDoubt(f"SMTP {type(fault).__name__}") from fault


def _of_one(code: int, words: bytes = b"") -> Refused | Later:
    """Of this mail alone: nobody there, a full mailbox, one that asks to come back (greylisting)."""
    if code == BUSY:
        return _of_all(code)
    if code < PERMANENT:
        return Later(f"SMTP {code}", is_alone=True)
    is_policy = _OTHERWISE.match(words) is not None
    return Refused(f"SMTP {code}", is_gone=code in NOBODY and not is_policy)


def _of_all(code: int) -> Later:
    return Later(f"SMTP {code}", after=WHILE_BUSY if code < PERMANENT else TO_MEND)
