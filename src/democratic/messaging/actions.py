"""Messages out. An effect or an action inserts a row; a job sends it, outside any transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from democratic.messaging.models import OutgoingMessage
from democratic.people.models import ContactAddress
from democratic.thread.models import Authority

INVITATION = "invitation"  # a purpose: the message carries a secret link
PARENT_ASKED, TURNED_15 = "parent_asked", "turned_15"
# Of an elected person, about a draft; each request is a purpose of its own ("approve:" and its id).
APPROVAL_ASKED = "approve"
UPDATE_ASKED = "update_asked"  # of a service, about what it owes: the message carries a link that acts
# Of a service: subjects whose answer it prepares, and those that are taken back; each act is a purpose of its own.
SUBJECTS_ASSIGNED, SUBJECTS_TAKEN = "prepare", "retaken"
# To who wrote first: an answer, of which each is a purpose of its own ("inbox:" and its id), and her key.
INBOX, INBOX_KEY = "inbox", "inbox_key"
# The last word to who said STOP: that it is noted.
STOP_NOTED = "stop_noted"


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person is told, once: unique by what caused it, her address and its purpose."""

    authority: Authority
    address: ContactAddress
    purpose: str
    subject: str
    body: str
    entry_id: UUID | None = None
    reply_to: str = ""  # where an answer to it is received
    in_reply_to: str = ""  # the Message-ID that it answers


def queue_messages(notices: Iterable[Notice]) -> int:
    """Insert those that were not there. Returns how many were asked for, told twice or not."""
    rows = [
        OutgoingMessage(
            entry_id=notice.entry_id,
            authority=notice.authority,
            address=notice.address,
            purpose=notice.purpose,
            subject=notice.subject[:200],
            body=notice.body,
            reply_to=notice.reply_to,
            in_reply_to=notice.in_reply_to[:250],
        )
        for notice in notices
    ]
    OutgoingMessage.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)
