"""Letters leave with the authority to which they were written, sealed, or not at all."""

import zipfile

import pytest

from democratic.config.commands import portable_acts
from democratic.config.commands.signer import installation_signer
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.inbox.actions import write_back
from democratic.participation.inbox.models import Channel, InboxMessage
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.participation.inbox.replies import keep_template
from democratic.participation.inbox.tagging import tag_conversations
from democratic.thread.journal import drain

SAME = (
    "select id, code, channel, person_id, name, address, subject, state, due_on from participation_conversation",
    "select id, conversation_id, kind, text, author_id, at from participation_inboxmessage order by id",
    "select inboxtag_id, conversation_id from participation_conversation_tags",
    "select name, texts::text from participation_replytemplate",
)


@pytest.fixture
def answered(installation, live_territory, monkeypatch):
    monkeypatch.setattr(
        "democratic.config.portable.writing.settings.JOURNAL_PUBLIC_KEY",
        installation_signer().public_key.public_bytes_raw().hex(),
    )
    authority = live_territory.authority
    conversation = receive_message(
        authority=authority, channel=Channel.EMAIL, text="Un banc, canari-lettre ?", clock=DATABASE_CLOCK,
        sender=Sender(address="canari@mail.example", name="Mme Canari"),
    ).conversation  # fmt: skip
    tag_conversations(authority=authority, conversations=[conversation.pk], names=["Mobilier canari"])
    keep_template(authority=authority, name="Merci", texts={"fr": "Merci, canari-type."})
    write_back(
        conversation=conversation, kind=InboxMessage.Kind.ANSWER, text="Posé en avril.", seen=None,
        by=live_territory.agent.person, clock=DATABASE_CLOCK,
    )  # fmt: skip
    drain(clock=DATABASE_CLOCK, signer=installation_signer())
    return live_territory


def test_letters_their_tags_and_the_templates_arrive_sealed(answered, installation, ready, tmp_path):
    path = tmp_path / "left.sealed"
    portable_acts.export(
        answered.authority.slug, path, with_private=True, passphrase_file=installation.passphrase_file
    )
    ready.command("import-authority", path, "--passphrase-file", installation.passphrase_file)
    for question in SAME:
        assert ready.rows(question) == installation.rows(question) != []
    found = "select count(*) from participation_inboxmessage where vector @@ to_tsquery('fr', 'banc')"
    assert ready.rows(found) == [(1,)]  # made again there
    assert ready.rows("select count(*) from messaging_outgoingmessage") == [(0,)]


def test_without_private_data_no_letter_leaves(answered, tmp_path):
    path = tmp_path / "left.zip"
    portable_acts.export(answered.authority.slug, path, with_private=False, passphrase_file=None)
    with zipfile.ZipFile(path) as left:
        told = b"".join(left.read(name) for name in left.namelist()).lower()
        assert left.read("data/participation.conversation.jsonl") == b""
    assert b"val-orbe" in told
    assert b"canari" not in told
