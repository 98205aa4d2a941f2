"""Photos and voices that came with a mail: named where the mailbox holds them, asked for by their name alone (RFC 9051).

Nothing of them is written anywhere before somebody of 15 or more was asked for one: a mail is read as far as its words
stand, and what is joined to it stays in the mailbox.
"""

import base64
import binascii
import quopri
import re
from email import message_from_bytes, policy
from email.message import Message
from typing import Any

from civics.reach.capabilities import Medium
from democratic.channels.email.fetching import part_of
from democratic.channels.email.structure import Beyond, leaves
from democratic.messaging.ports import Account, Refused, TooLarge

MOST_MEDIA = 12
_KINDS = {"image": Medium.PHOTO, "audio": Medium.VOICE}
# UIDVALIDITY:UID, which part, how it is written.
_REF = re.compile(r"(\d{1,10}):(\d{1,10}):(\d{1,3}(?:\.\d{1,3}){0,5}):(base64|quoted-printable|)")


def media_in(raw: bytes, place: str, beyond: Beyond = ()) -> list[dict[str, Any]]:
    """``place``: the mail's own, UIDVALIDITY:UID. Its photos and voices, each to be asked for. ``beyond``: what stands
    after the part where it was cut.
    """
    parsed = message_from_bytes(raw, policy=policy.compat32)
    headers = ((section, message_from_bytes(each, policy=policy.compat32)) for section, each in beyond)
    found = []
    for section, part in [*leaves(parsed), *headers]:
        kind = _KINDS.get(part.get_content_maintype())
        if kind and _is_joined(part):
            written = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
            written = written if written in ("base64", "quoted-printable") else ""
            found.append({"kind": kind, "ref": f"{place}:{section}:{written}"})
    return found[:MOST_MEDIA]


def _is_joined(part: Message) -> bool:
    """And no logo of a signature, which stands inside the words."""
    return part.get_content_disposition() != "inline" or not part.get("Content-ID")


def fetch_part(account: Account, ref: str, most: int) -> bytes:
    """As it was before it was written for a mail. TooLarge, Refused or Later otherwise."""
    if (named := _REF.fullmatch(ref)) is None:
        raise Refused("e-mail: no part of a mail")
    validity, number, section, written = named.groups()
    # Written in base64, a file is a third longer, and its lines end.
    longest = most * 3 // 2 + 4096
    content = part_of(account, validity, int(number), section, longest)
    if len(content) > longest:
        raise TooLarge("more than a mail may bring")
    plain = _unwritten(content, written)
    if len(plain) > most:
        raise TooLarge(f"{len(plain)} bytes")
    return plain


def _unwritten(content: bytes, written: str) -> bytes:
    try:
        if written == "base64":
            return base64.b64decode(content)
        return quopri.decodestring(content) if written else content
    except binascii.Error as broken:
        raise Refused("e-mail: a part that cannot be read") from broken
