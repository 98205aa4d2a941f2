"""The development mailbox: mails are files under ``var/mailbox``, shown by a page, sent to no one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import getaddresses
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from democratic.kernel.ids import uuid7


def folder() -> Path:
    return Path(settings.VAR) / "mailbox"


class MailboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = f"{uuid7()}.eml"
            part = folder() / f".{name}"
            part.write_bytes(message.message().as_bytes())
            part.rename(folder() / name)  # a reader never sees half a mail
        return len(email_messages)


def forget_mails(addresses: Collection[str] = (), *, references: Collection[str] = ()) -> int:
    """Delete what was written to these addresses, and the mails of these references. Returns how many went."""
    hers, known, gone = {address.lower() for address in addresses}, set(references), 0
    if not hers and not known:
        return 0
    for path in folder().glob("[!.]*.eml"):
        mail = _read(path.name)
        to = {address.lower() for _name, address in getaddresses([mail.to])}
        if hers & to or mail.reference in known:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


@dataclass(frozen=True, slots=True)
class Mail:
    name: str
    to: str
    subject: str
    date: str
    body: str
    reference: str


def newest_mails(*, skip: int = 0, limit: int = 20) -> list[Mail]:
    names = sorted((path.name for path in folder().glob("[!.]*.eml")), reverse=True)
    return [_read(name) for name in names[skip : skip + limit]]


def _read(name: str) -> Mail:
    parsed = message_from_bytes((folder() / name).read_bytes(), policy=policy.default)
    body = parsed.get_body(("plain",))
    text = body.get_content() if body else ""
    return Mail(
        name, str(parsed["To"]), str(parsed["Subject"]), str(parsed["Date"]), text, str(parsed["Message-ID"])
    )
