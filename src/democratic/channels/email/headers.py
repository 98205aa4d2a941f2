"""Of a mail that was read as far as its words stand: what is joined to it further on, by its headers alone."""

import imaplib
import re

from democratic.channels.email.line import said
from democratic.channels.email.structure import after_the_last

MOST = 2048  # bytes of those of one part
_SECTION = re.compile(rb"BODY\[([\d.]+)\.MIME\]")


def headers_after(line: imaplib.IMAP4, number: int, raw: bytes) -> list[tuple[str, bytes]]:
    """Of the parts that are there: a photo of some megabytes hides those that stand after it."""
    asked = " ".join(f"BODY.PEEK[{each}.MIME]<0.{MOST}>" for each in after_the_last(raw))
    if not asked:
        return []
    try:
        answer = said(line.uid("FETCH", str(number), f"({asked})"))
    except imaplib.IMAP4.abort:  # the line was cut: the mail is asked for again, whole
        raise
    except (
        imaplib.IMAP4.error
    ):  # a server that will not be asked for what may not be there: its first files are read
        return []
    found = [
        (named[1].decode(), bytes(each[1]))
        for each in answer
        if isinstance(each, tuple) and (named := _SECTION.search(each[0]))
    ]
    return [(section, headers) for section, headers in found if headers.strip()]
