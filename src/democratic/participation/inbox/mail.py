"""One RFC 5322 message as an MTA hands it over, read for what a person wrote in it. Pure: no database."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from html import unescape
from typing import Any

import nh3

from democratic.kernel.text import clean_line, clean_text

MOST_BYTES = 10 * 1024 * 1024
MOST_ATTACHMENTS = 50
# Where the reader's own program puts what was said before: everything below is ours, or hers of last week.
_QUOTED = (
    re.compile(r"^(Le|On)\b.{0,200}\b(a écrit|wrote)\s*:$"),
    re.compile(r"^-{2,}\s*(Message d.origine|Original Message|Message transféré)\s*-{2,}$", re.IGNORECASE),
    re.compile(r"^_{8,}$"),
    re.compile(r"^(De|From)\s*:\s.+[@<]"),
    # What a telephone signs for its owner.
    re.compile(
        r"^(Envoyé (de|depuis|à partir de) (mon|ma|Outlook|Yahoo|Proton)|Sent from (my|Outlook|Yahoo|Proton))\b"
    ),
    re.compile(r"^(Obtenir|Télécharger|Get) Outlook\b"),
)
# The same line, folded by her program: with a day, or it is a sentence of hers.
_QUOTED_IN_TWO = re.compile(r"^(Le|On)\b(?=.*\d).{0,200}\b(a écrit|wrote)\s*:$")
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)
_UNSHOWN = {"script", "style", "head", "title", "blockquote"}
# RFC 3834 and what came before it: what no person wrote, and what must not be answered by a machine.
_BY_MACHINE = ("bulk", "junk", "list", "auto_reply")


@dataclass(frozen=True, slots=True)
class Letter:
    """``references``: the Message-IDs that it answers, the nearest first. ``to``: every address it was sent to.

    ``said``: what she wrote now; ``text``: the same, or all that the mail holds where that is nothing.
    """

    message_id: str
    address: str
    name: str
    to: str
    subject: str
    text: str
    said: str
    references: tuple[str, ...]
    attachments: tuple[dict[str, Any], ...]
    is_automatic: bool


class Unreadable(ValueError):
    """No message at all, one from nobody, or one too large to be read here."""


def read_letter(raw: bytes) -> Letter:
    if len(raw) > MOST_BYTES:
        raise Unreadable("too large")
    parsed = message_from_bytes(raw, policy=policy.default)
    name, address = parseaddr(_header(parsed, "From"))
    if "@" not in address or any(sign.isspace() for sign in address):
        raise Unreadable("no sender")
    whole = _text(parsed)
    said = written_above(whole)
    return Letter(
        message_id=_header(parsed, "Message-ID")[:250],
        address=address[:254].lower(),
        name=clean_line(name)[:80],
        to=_sent_to(parsed),
        subject=clean_line(_header(parsed, "Subject"))[:200],
        text=said or whole,
        said=said,
        references=_references(parsed),
        attachments=tuple(_attachments(parsed)),
        is_automatic=_is_automatic(parsed),
    )


def _header(parsed: EmailMessage, name: str) -> str:
    """What a broken header says, as far as it can be read: parsing it may fail in a dozen ways."""
    try:
        return str(parsed.get(name, "")).strip()
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):
        return ""


def _sent_to(parsed: EmailMessage) -> str:
    names = ("Delivered-To", "X-Original-To", "To", "Cc")
    return " ".join(each for _name, each in getaddresses([_header(parsed, name) for name in names]))


def _references(parsed: EmailMessage) -> tuple[str, ...]:
    answered = f"{_header(parsed, 'References')} {_header(parsed, 'In-Reply-To')}"
    return tuple(reversed(re.findall(r"<[^<>\s]{3,240}>", answered)))[:20]


def _is_automatic(parsed: EmailMessage) -> bool:
    says = _header(parsed, "Auto-Submitted").lower().partition(";")[0].strip()
    return (
        says not in ("", "no")
        or _header(parsed, "Precedence").lower() in _BY_MACHINE
        or _header(parsed, "Return-Path") == "<>"
        or any(name in parsed for name in ("List-Id", "X-Autoreply", "X-Autorespond", "X-Loop"))
    )


def _text(parsed: EmailMessage) -> str:
    """The plain part; else the other one without its markup."""
    for kind in ("plain", "html"):
        try:
            part = parsed.get_body((kind,))
        except (ValueError, LookupError, AttributeError, KeyError):
            part = None
        if part is not None:
            said = _content(part)
            return clean_text(said if kind == "plain" else _without_markup(said))
    return ""


def _content(part: Any) -> str:
    """Decoded by what it says of itself, or as far as that goes: unknown signs are shown as such."""
    try:
        return str(part.get_content())
    except (LookupError, ValueError, UnicodeError):
        raw = part.get_payload(decode=True) or b""
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _without_markup(html: str) -> str:
    bare = nh3.clean(_BREAKS.sub("\n", html), tags=set(), attributes={}, clean_content_tags=_UNSHOWN)
    return unescape(bare)


def _attachments(parsed: EmailMessage) -> list[dict[str, Any]]:
    """Named, never opened: what they hold is not kept."""
    try:
        parts = list(parsed.iter_attachments())[:MOST_ATTACHMENTS]
    except (AttributeError, ValueError, KeyError, TypeError):
        return []
    return [
        {
            "name": clean_line(part.get_filename() or "")[:120] or "?",
            "type": part.get_content_type()[:100],
            "size": len(part.get_payload(decode=True) or b""),
        }
        for part in parts
    ]


def written_above(text: str) -> str:
    """What she wrote now, without what her program repeated below it nor her signature: perhaps nothing."""
    kept: list[str] = []
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        bare = line.strip()
        if bare == "--" or any(mark.match(bare) for mark in _QUOTED):
            break
        if _QUOTED_IN_TWO.match(f"{bare} {following.strip()}"):
            break
        if not bare.startswith(">"):
            kept.append(line)
    return clean_text("\n".join(kept))


def cut_quoted(text: str) -> str:
    """The same; of a mail of quotes alone, the whole."""
    return written_above(text) or clean_text(text)
