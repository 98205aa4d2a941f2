"""What a mailbox holds that we have not read, by IMAP. Nothing in it is changed."""

import imaplib
import time
from datetime import timedelta
from email.utils import format_datetime

from democratic.channels.email.line import said, signed_in
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.messaging.ports import Account, Refused

AT_ONCE = 50  # mails of one look
LARGEST = 512 * 1024  # bytes that are read of each: its words stand before what is joined to them
PAUSE = 15.0  # seconds: a mailbox is no chat, and signing in is dear to who keeps it
FIRST_LOOK = timedelta(days=2)  # who wrote before does not wait for a machine any more
_looked: dict[tuple[str, str], float] = {}


def fetched(account: Account, cursor: str) -> tuple[list[tuple[str, bytes]], str]:
    """Each mail with its place, since ``cursor``, « UIDVALIDITY:UID », in order, and where we are now (RFC 9051, 2.3.1.1).

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
        found = [(f"{validity}:{number}", _one(line, number)) for number in numbers]
    reached = numbers[-1] if numbers else after
    return [(place, raw) for place, raw in found if raw], f"{validity}:{reached}"


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


def _one(line: imaplib.IMAP4, number: int) -> bytes:
    """Empty when it was taken away meanwhile."""
    answer = said(line.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{LARGEST}>)"))
    return next((bytes(each[1]) for each in answer if isinstance(each, tuple)), b"")
