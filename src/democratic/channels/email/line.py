"""A line to a mailbox, by IMAP (RFC 9051), and what its server says."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from democratic.messaging.ports import Account, Later

SECONDS = 10.0


@contextmanager
def signed_in(account: Account) -> Iterator[imaplib.IMAP4]:
    """By TLS, its certificate looked at; in clear only to a server of our own network, where the operator says so."""
    host, _, port = str(account["imap"]).partition(":")
    try:
        line = _line(host, port, is_near=bool(account.get("near")))
        try:
            line.login(account["user"], account["password"])
            yield line
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                line.logout()
            with suppress(OSError):
                line.shutdown()  # a line that was cut says no goodbye
    except (OSError, imaplib.IMAP4.error, ValueError, TypeError, IndexError) as fault:
        raise Later(f"IMAP {type(fault).__name__}") from fault


def _line(host: str, port: str, *, is_near: bool) -> imaplib.IMAP4:
    if is_near:
        return imaplib.IMAP4(host, int(port or 143), timeout=SECONDS)
    looked_at = ssl.create_default_context()
    return imaplib.IMAP4_SSL(host, int(port or 993), ssl_context=looked_at, timeout=SECONDS)


def said(answer: tuple[str, list[Any]], expected: str = "OK") -> list[Any]:
    status, said = answer
    if status != expected:
        raise imaplib.IMAP4.error(status)
    return said
