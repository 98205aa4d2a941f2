"""A message really sent, to know whether messages leave: who asks is shown what the server answered.

The row is committed before the message leaves, outside any transaction, and marked after: a process killed
meanwhile leaves it « going », which says after a while that nobody knows. It arrived when its link is followed.
"""

import logging
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from django.utils.translation import gettext as _

from democratic.communities.models import MailTrial
from democratic.communities.settling.queries import mail_server
from democratic.kernel.clock import Clock
from democratic.kernel.ids import new_claim_secret, read_claim_secret
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict
from democratic.kernel.text import clean_line
from democratic.messaging.composing import sender_of
from democratic.thread.addresses import public_url
from democratic.thread.models import Authority

logger = logging.getLogger(__name__)

Outcome = MailTrial.Outcome
PATIENCE = 8  # seconds for each answer of the server: a person waits
KNOWN_AFTER = timedelta(minutes=2)  # of one that is still going: it was cut
LINK_LIFE = timedelta(days=7)
ANSWER_LIMIT = 300
NO = 400  # an answer of SMTP from here on: for now, or (500) for good


@dataclass(frozen=True, slots=True)
class Asked:
    """``secret`` is in the message alone, and kept by nobody."""

    trial: MailTrial
    secret: str


@transaction.atomic
def ask_for_trial(*, authority: Authority, clock: Clock) -> Asked:
    """Conflict: this installation has no mail server, and its messages stay in it."""
    server = mail_server()
    if not server:
        raise Conflict(_("Aucun serveur de messagerie n’est réglé : rien ne peut partir d’ici."))
    secret = new_claim_secret()
    trial = MailTrial.objects.create(
        authority=authority, server=server, secret_hash=_hash_of(secret), asked_at=clock.now()
    )
    return Asked(trial, secret)


def send_trial(asked: Asked, *, to: str, language: str) -> MailTrial:
    """Outside any transaction. What the server answers is kept without the address."""
    outcome, answer = _sent(_message(asked, to, language), to)
    trial = asked.trial
    trial.outcome, trial.answer = outcome, clean_line(answer.replace(to, "…"))[:ANSWER_LIMIT]
    trial.save(update_fields=["outcome", "answer"])
    logger.info("trial of the mail server: %s", outcome)
    return trial


@transaction.atomic
def confirm_trial(*, trial: MailTrial, clock: Clock) -> MailTrial:
    """Its link was followed: it arrived. Followed again, the first time stays."""
    locked = MailTrial.objects.select_for_update().get(pk=trial.pk)
    if locked.confirmed_at is None:
        locked.confirmed_at = clock.now()
        locked.save(update_fields=["confirmed_at"])
    return locked


def trial_of(authority: Authority, secret: str, now: datetime) -> MailTrial | None:
    """None for one that never was, or is older than a week."""
    found = MailTrial.objects.filter(authority=authority, secret_hash=_hash_of(secret))
    return found.filter(asked_at__gt=now - LINK_LIFE).first()


def outcome_of(trial: MailTrial, now: datetime) -> MailTrial.Outcome:
    """As it is known now: one that has been going for minutes was cut."""
    is_cut = trial.outcome == Outcome.GOING and now - trial.asked_at > KNOWN_AFTER
    return Outcome.IN_DOUBT if is_cut else Outcome(trial.outcome)


def _hash_of(secret: str) -> str:
    return keyed_hash("mail-trial", read_claim_secret(secret))


def _message(asked: Asked, to: str, language: str) -> EmailMessage:
    authority = asked.trial.authority
    link = public_url(authority, f"/essai/{asked.secret}", language)
    lines = [
        _("Ce message est un essai de %(authority)s.") % {"authority": authority.name},
        _("S’il est arrivé, ouvrez ce lien et dites-le : les messages de la plateforme partent."),
        link,
        _("Si vous n’attendiez rien, ne faites rien."),
    ]
    return EmailMessage(
        subject=clean_line(_("Un essai de %(authority)s") % {"authority": authority.name}),
        body="\n\n".join(lines),
        from_email=sender_of(authority.name),
        to=[to],
        headers={"Message-ID": f"<{asked.trial.pk}@democratic>", "Auto-Submitted": "auto-generated"},
    )


def _sent(message: EmailMessage, to: str) -> tuple[MailTrial.Outcome, str]:
    mailer = get_connection(timeout=PATIENCE)
    if not isinstance(mailer, EmailBackend):
        message.connection = mailer
        message.send()
        return Outcome.ACCEPTED, ""
    try:
        mailer.open()
        line = mailer.connection
        return _spoken(line, message, to) if line is not None else (Outcome.SILENT, "")
    except OSError as error:
        return _failed(error)
    finally:
        with suppress(OSError):
            mailer.close()


def _failed(error: OSError) -> tuple[MailTrial.Outcome, str]:
    """Before the message itself was given: nothing left."""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Outcome.NOT_SEALED, str(error)
    if isinstance(error, ssl.SSLError):
        return Outcome.NOT_SEALED, error.reason or str(error)
    if isinstance(error, smtplib.SMTPResponseException):
        return Outcome.REFUSED, _words(error.smtp_code, error.smtp_error)
    return Outcome.SILENT, _plainly(error)  # nobody listens, hangs up, or keeps silent


def _spoken(line: smtplib.SMTP, message: EmailMessage, to: str) -> tuple[MailTrial.Outcome, str]:
    """As ``SMTP.sendmail`` does, but with the server's own words, also when it says yes."""
    _name, sender = parseaddr(message.from_email)
    line.ehlo_or_helo_if_needed()
    for ask, whom in ((line.mail, sender), (line.rcpt, to)):
        code, words = ask(whom)
        if code >= NO:
            return Outcome.REFUSED, _words(code, words)
    try:
        code, words = line.data(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django's own takes it
    except smtplib.SMTPDataError as refusal:
        return Outcome.REFUSED, _words(refusal.smtp_code, refusal.smtp_error)
    except OSError as error:  # it was being given: nobody knows whether it left
        return Outcome.IN_DOUBT, _plainly(error)
    return (Outcome.REFUSED if code >= NO else Outcome.ACCEPTED), _words(code, words)


def _words(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"


def _plainly(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
