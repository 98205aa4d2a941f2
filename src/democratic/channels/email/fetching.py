"""What a mailbox holds that we have not read, by IMAP. Nothing in it is changed."""

import imaplib
import time
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime

from democratic.channels.email.headers import headers_after
from democratic.channels.email.line import said, signed_in
from democratic.channels.email.structure import Beyond
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.messaging.ports import Account, Refused

AT_ONCE = 50  # mails of one look
LARGEST = 512 * 1024  # bytes that are read of each: its words stand before what is joined to them
PAUSE = 15.0  # seconds: a mailbox is no chat, and signing in is dear to who keeps it
FIRST_LOOK = timedelta(days=2)  # who wrote before does not wait for a machine any more
_looked: dict[tuple[str, str], float] = {}


@dataclass(frozen=True, slots=True)
class Mail:
    """``place``: UIDVALIDITY:UID. ``raw``: its first bytes; ``beyond``: headers of what is joined after these."""

    place: str
    raw: bytes
    beyond: Beyond = ()


def fetched(account: Account, cursor: str) -> tuple[list[Mail], str]:
    """Each mail since ``cursor``, « UIDVALIDITY:UID », in order, and where we are now (RFC 9051, 2.3.1.1).

    Later when the server does not answer, or was cut: all of it is asked again from where it was left.
    """
    if not _is_due(account):
        return [], cursor
    with signed_in(account) as line:
        said(line.select(f'"{account.get("folder", "INBOX")}"', readonly=True))
        validity = int(said(line.response("UIDVALIDITY"), "UIDVALIDITY")[0])
        known, _, last = cursor.partition(":")
        after = int(last) if known == str(validity) else 0
        numbers = _numbers_after(line, after)[:AT_ONCE]
        found = [_one(line, validity, number) for number in numbers]
    reached = numbers[-1] if numbers else after
    return [mail for mail in found if mail.raw], f"{validity}:{reached}"


def part_of(account: Account, validity: str, number: int, section: str, most: int) -> bytes:
    """One part of one mail, as it is written there, and a byte more than ``most`` at most. Refused: it is gone."""
    with signed_in(account) as line:
        said(line.select(f'"{account.get("folder", "INBOX")}"', readonly=True))
        if said(line.response("UIDVALIDITY"), "UIDVALIDITY")[0] != validity.encode():
            raise Refused("the mailbox was made anew")
        answer = said(line.uid("FETCH", str(number), f"(BODY.PEEK[{section}]<0.{most + 1}>)"))
    content = next((bytes(each[1]) for each in answer if isinstance(each, tuple)), b"")
    if not content:
        raise Refused("the mail is not there any more")
    return content


def _is_due(account: Account) -> bool:
    mailbox, now = (str(account["imap"]), str(account["user"])), time.monotonic()
    if now - _looked.get(mailbox, -PAUSE) < float(account.get("pause", PAUSE)):
        return False
    _looked[mailbox] = now
    return True


def _numbers_after(line: imaplib.IMAP4, after: int) -> list[int]:
    """Numbers grow as mails come. The first time, or where they were given anew, what is old is left."""
    day, month, year = format_datetime(DATABASE_CLOCK.now() - FIRST_LOOK).split()[1:4]
    asked = f"UID {after + 1}:*" if after else f"SINCE {day}-{month}-{year}"
    found = said(line.uid("SEARCH", asked))[0] or b""
    # « * » is the last one, even where it came before.
    return sorted(number for number in map(int, found.split()) if number > after)


def _one(line: imaplib.IMAP4, validity: int, number: int) -> Mail:
    """Empty when it was taken away meanwhile."""
    answer = said(line.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{LARGEST}>)"))
    raw = next((bytes(each[1]) for each in answer if isinstance(each, tuple)), b"")
    beyond = headers_after(line, number, raw) if len(raw) >= LARGEST else []
    return Mail(f"{validity}:{number}", raw, beyond)
