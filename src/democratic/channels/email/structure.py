"""Where each part of a mail stands, as its mailbox numbers it (RFC 9051, 6.4.5.1)."""

from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import Message

MOST_PARTS = 20
Beyond = Sequence[tuple[str, bytes]]  # the number of a part, and its headers


def after_the_last(raw: bytes) -> list[str]:
    """Of a mail that was cut: the numbers that the parts after the last one that was read would have, beside it."""
    read = leaves(message_from_bytes(raw, policy=policy.compat32))
    if not read:
        return []
    inside, _, rank = read[-1][0].rpartition(".")
    beside = f"{inside}." if inside else ""
    return [f"{beside}{each}" for each in range(int(rank) + 1, MOST_PARTS + 1)]


def leaves(part: Message, section: str = "") -> list[tuple[str, Message]]:
    """Each part with the number that a mailbox calls it by; those of a mail in a mail are somebody else's."""
    inside = part.get_payload()
    if part.get_content_maintype() != "multipart" or not isinstance(inside, list):
        return [(section or "1", part)] if part.get_content_maintype() != "message" else []
    if section.count(".") >= 5:  # noqa: PLR2004  nobody joins a photo that deep
        return []
    named = [
        (f"{section}.{rank}" if section else str(rank), each) for rank, each in enumerate(inside, start=1)
    ]
    return [leaf for rank, each in named[:MOST_PARTS] for leaf in leaves(each, rank)]
