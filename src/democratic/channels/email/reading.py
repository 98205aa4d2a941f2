"""What one mail says to a conversation: its words, an address that is nobody's any more, or nothing."""

import hashlib
import logging
import re
from typing import Any

from civics.reach.keywords import Keyword, keyword_in
from democratic.channels.email.bounces import gone_in
from democratic.channels.email.exchanges import Exchange, exchange_named_in
from democratic.channels.email.parts import media_in
from democratic.channels.email.structure import Beyond
from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import TooMany
from democratic.messaging.ports import Arrived
from democratic.participation.inbox.mail import Letter, Unreadable, read_letter

logger = logging.getLogger(__name__)
# Whoever writes under someone else's address fills nobody's mailbox from here, and two machines soon stop.
BEGUN = Limit("exchanges-begun-by-mail", 5, 86_400)
ANSWERED = Limit("answers-by-mail", 40, 3600)
MOST_FILES = 10
_MACHINES = re.compile(
    r"(mailer-daemon|postmaster|bounces?|(no|do-?not|ne-?pas)-?(reply|repondre))\b", re.IGNORECASE
)
_ANSWERS = re.compile(r"^\s*(re|ré|rép|fwd?|tr)\s*:", re.IGNORECASE)


def arrived_in(raw: bytes, ours: str, place: str = "", beyond: Beyond = ()) -> list[Arrived]:
    """Of ``ours``, the channel's own address, nothing is heard: two of us would talk for ever.

    ``place``: where its mailbox keeps it, by which what is joined to it can be asked for. ``beyond``: headers of what
    stands after the bytes that were read.
    """
    try:
        letter = read_letter(raw)
    except Unreadable:
        logger.warning("a mail can't be read, and is left out")
        return []
    if letter.is_automatic:
        return [
            Arrived(_name_of(letter, raw), each.address, is_gone=True) for each in gone_in(raw, letter.to)
        ]
    if _without_detail(letter.address) == ours.lower() or _MACHINES.match(letter.address):
        return []
    answered = exchange_named_in(f"{letter.to} {' '.join(letter.references)}", letter.address)
    words = _words(letter, is_answer=answered is not None)
    if not _may_be_heard(letter, words, is_answer=answered is not None):
        return []
    name = _name_of(letter, raw)
    exchange = answered or Exchange.begun_by(letter.address, name)
    media = media_in(raw, place, beyond) if place else []
    return [Arrived(name, exchange.address, words, media=_named(letter, media))]


def _named(letter: Letter, media: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What came with it: photos and voices by their place in the mailbox; of the rest, how many, of what sort."""
    others = [each for each in letter.attachments if not each["type"].startswith(("image/", "audio/"))]
    return media + [
        {"kind": "file", **each} for each in (others if media else letter.attachments)[:MOST_FILES]
    ]


def _without_detail(email: str) -> str:
    local, _, domain = email.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _words(letter: Letter, *, is_answer: bool) -> str:
    """What begins an exchange may be said in the subject: a poster's link writes the code there."""
    said, subject = letter.said, "" if _ANSWERS.match(letter.subject) else letter.subject
    if is_answer or not subject or keyword_in(said):
        return said or subject
    return f"{subject}\n{said}".strip() if not keyword_in(subject) else subject


def _may_be_heard(letter: Letter, words: str, *, is_answer: bool) -> bool:
    """Nobody proves by an address alone that it is she who wants our messages again."""
    if not words and not letter.attachments:
        return False
    word = keyword_in(words)
    if word == Keyword.STOP:
        return True
    if word == Keyword.RESUME and not is_answer:
        return False
    try:
        spend(ANSWERED if is_answer else BEGUN, letter.address)
    except TooMany:
        logger.warning("mails come from one address faster than a person writes: left out")
        return False
    return True


def _name_of(letter: Letter, raw: bytes) -> str:
    return letter.message_id or hashlib.sha256(raw).hexdigest()
