"""A header of a mail is one line: what people, or an authority's name, hold of line breaks adds none."""

from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import BadHeaderError

from democratic.messaging.actions import Notice, queue_messages
from democratic.messaging.composing import compose
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.notices.actions import confirm_address
from democratic.people.actions import leave_address, welcome_guest
from democratic.thread.models import Authority

HOSTILE = [
    "Bonjour\r\nBcc: victime@example.org",
    "Bonjour\nBcc: victime@example.org\n\n<b>Autre corps</b>",
    "Bonjour\rBcc: victime@example.org",
    "Bonjour\u2028Bcc: victime@example.org",
    "Bonjour\x85Bcc: victime@example.org",
    "Bonjour\x0bBcc: victime@example.org\x0c",
]
EXPECTED = {
    "Subject", "From", "To", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted",
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
}  # fmt: skip


@pytest.fixture
def queued(territory):
    def queue(subject="Bonjour"):
        address = leave_address(
            person=welcome_guest(), email="lina@example.org", purpose="notices", wording="…", language="fr",
            clock=territory.clock,
        )  # fmt: skip
        confirm_address(address=address, clock=territory.clock)
        queue_messages([Notice(territory.authority, address, "answer", "Bonjour", "Le corps.")])
        OutgoingMessage.objects.update(subject=subject)
        return OutgoingMessage.objects.select_related("address", "authority").get()

    return queue


def read(message):
    sent = compose(message, get_connection("django.core.mail.backends.dummy.EmailBackend")).message()
    return message_from_bytes(sent.as_bytes(), policy=policy.default)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_subject_with_line_breaks_stays_one_header(queued, words):
    mail = read(queued(words))
    assert set(mail.keys()) <= EXPECTED
    assert (mail["Bcc"], mail["To"]) == (None, "lina@example.org")
    assert mail["Subject"].startswith("Bonjour")
    assert "victime@example.org" in mail["Subject"]  # said, and addressed to nobody
    assert mail.get_content().startswith("Le corps.")


@pytest.mark.parametrize("words", HOSTILE)
def test_nor_does_the_name_of_who_writes_add_one(queued, words):
    Authority.objects.update(name=words)
    mail = read(queued())
    assert set(mail.keys()) <= EXPECTED
    assert mail["Bcc"] is None
    assert [each.addr_spec for each in mail["From"].addresses] == ["ne-pas-repondre@localhost"]


def test_such_a_mail_leaves_and_holds_up_nobody(queued, mailoutbox):
    queued(HOSTILE[0])
    assert deliver().sent == 1
    assert mailoutbox[0].recipients() == ["lina@example.org"]


@pytest.mark.parametrize("header", ["subject", "from_email", "to"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_what_we_would_forget_to_clean_is_refused_by_the_frame_itself(header, end):
    words = f"a@example.org{end}Bcc: victime@example.org"
    given = {header: [words] if header == "to" else words}
    with pytest.raises(BadHeaderError):
        EmailMessage(body="…", **given).message()
