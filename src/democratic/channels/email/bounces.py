"""Reports of a mail that reached nobody (RFC 3464), read by what is made for machines in them."""

import re
from email import message_from_bytes, policy
from email.message import Message

from democratic.channels.email.exchanges import Exchange, exchange_named_in

_NOBODY_THERE = re.compile(r"5\.1\.([0-36]|10)")  # RFC 3463: addresses that are bad, or moved


def gone_in(raw: bytes, to: str) -> list[Exchange]:
    """Of mails of ours: it came to the address that only we and their reader know. Whoever makes one up is not heard."""
    parsed = message_from_bytes(raw, policy=policy.compat32)
    if parsed.get_content_type() != "multipart/report":
        return []
    failed = [email for part in parsed.walk() if (email := _failed(part))]
    return [exchange for email in failed if (exchange := exchange_named_in(to, email))]


def _failed(part: Message) -> str:
    """Whom it could not reach, for good. One that is late, or full, may be reached another day."""
    is_gone = _says(part, "Action").lower() == "failed" and _NOBODY_THERE.fullmatch(_says(part, "Status"))
    return _says(part, "Final-Recipient").partition(";")[2].strip().lower() if is_gone else ""


def _says(part: Message, name: str) -> str:
    return str(part.get(name, "")).strip()
