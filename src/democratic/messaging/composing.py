"""A message as it leaves: who writes, how to stop it, which exchange it joins."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import override

from democratic.kernel.text import clean_line
from democratic.messaging.actions import INBOX
from democratic.messaging.links import stop_url
from democratic.messaging.models import OutgoingMessage


def reference_of(message: OutgoingMessage) -> str:
    return f"<{message.pk}@democratic>"


def compose(message: OutgoingMessage, mailer: BaseEmailBackend) -> EmailMessage:
    """The mail itself: one-click unsubscribe (RFC 8058), an identity that survives a retry, headers of one line each.

    What answers someone joins her exchange (RFC 5322, 3.6.4), and is not said to be written by a machine (RFC 3834).
    """
    stop = stop_url(message.mailbox, message.authority)
    with override(message.mailbox.language):
        footer = _("Pour ne plus rien recevoir à cette adresse : %(link)s") % {"link": stop}
    threading = {name: message.in_reply_to for name in ("In-Reply-To", "References") if message.in_reply_to}
    is_written = message.purpose.startswith(f"{INBOX}:")
    return EmailMessage(
        subject=clean_line(message.subject),
        body=f"{message.body}\n\n--\n{footer}\n",
        from_email=sender_of(message.authority.name),
        to=[message.mailbox.email],
        connection=mailer,
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "Message-ID": reference_of(message),
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "no" if is_written else "auto-generated",
            **threading,
        },
    )


def sender_of(name: str) -> str:
    """The authority that writes, at the address from which this installation may send."""
    _ours, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((clean_line(name), address))
