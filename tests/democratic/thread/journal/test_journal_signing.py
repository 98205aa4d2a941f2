from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from civics.ledger.heads import verify_head
from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.thread.journal import BehindOutsideHead, Signer, new_epoch, sequence_once, sign_now, signing
from democratic.thread.journal.heads import read_head
from democratic.thread.journal.outside import outside_path, read_outside
from democratic.thread.models import Entry, Opening, PendingEntry, SignedHead

REASON = "Le disque a été perdu, la sauvegarde de la veille a été restaurée."


@pytest.fixture
def behind(town, restored):
    """A town whose database was restored to 3 facts, when 5 had been signed."""
    for _ in range(3):
        town.say()
    town.seal()
    with restored():
        town.say()
        town.say()
        town.seal()
    return town


def test_a_head_is_signed_once_and_kept_outside_the_database(town):
    town.say()
    town.sequence()
    signed = town.sign()
    assert (signed.head.size, signed.head.root, signed.head.epoch) == (1, read_head().root, 1)
    assert signed.head.signed_on == "2026-03-01"
    assert verify_head(signed, town.signer.public_key)
    assert read_outside() == signed == town.sign()
    assert [row.body for row in SignedHead.objects.all()] == [signed.to_json().decode()]


def test_a_head_is_kept_outside_before_anyone_can_read_it(town, monkeypatch):
    town.say()
    town.sequence()

    def crash(_):
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(signing, "write_outside", crash)
        with pytest.raises(OSError, match="full"):
            town.sign()
    assert not SignedHead.objects.exists()
    assert town.sign().head.size == 1


def test_an_outside_head_that_was_lost_is_written_again(town):
    town.say()
    town.seal()
    outside_path().unlink()
    town.sign()
    assert read_outside().head.size == 1


def test_a_crash_after_the_outside_head_was_written_raises_no_false_alarm(town, restored):
    town.say()
    town.sequence()
    with restored():
        town.sign()
    assert not SignedHead.objects.exists()
    town.say()
    assert town.seal() == 2


def test_only_an_ed25519_key_signs():
    with pytest.raises(TypeError):
        Signer.from_pem("journal.example", _pem_of_another_kind())


def _pem_of_another_kind() -> str:
    key = X25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_a_database_behind_the_outside_head_is_neither_sequenced_nor_signed(behind):
    behind.say()
    with pytest.raises(BehindOutsideHead, match="new-epoch"):
        sequence_once()
    with pytest.raises(BehindOutsideHead, match="5 faits ont été signés, la base en a 3"):
        behind.sign()
    assert PendingEntry.objects.count() == 1
    assert (read_head().size, read_outside().head.size) == (3, 5)


@pytest.mark.parametrize("after_restore", [2, 4])
def test_a_database_that_took_another_way_is_neither_sequenced_nor_signed(behind, after_restore):
    """As many facts as were signed, or more: but not the same ones."""
    kept = outside_path().read_bytes()
    outside_path().unlink()
    for _ in range(after_restore):
        behind.say()
    behind.sequence()
    outside_path().write_bytes(kept)
    behind.say()
    with pytest.raises(BehindOutsideHead, match="ne sont pas ceux"):
        sequence_once()
    with pytest.raises(BehindOutsideHead, match="ne sont pas ceux"):
        behind.sign()


def test_a_new_epoch_lets_the_journal_go_on_and_says_in_public_what_was_lost(behind):
    lost = read_outside().head
    behind.say()
    entry = new_epoch(reason=REASON, clock=behind.clock)
    assert behind.seal() == 5
    assert read_outside().head.epoch == 2
    assert entry.data["lost"] == {"epoch": 1, "size": 5, "root": lost.root.hex()}
    assert entry.data["continues"]["size"] == 3
    assert (entry.record, entry.authority, entry.at) == (None, behind.authority, behind.clock.now())
    assert Opening.objects.get(entry=entry).value == REASON
    assert [(row.epoch, row.size) for row in SignedHead.objects.order_by("size")] == [(1, 3), (2, 5)]


def test_a_backup_from_before_a_new_epoch_is_behind_too(behind, restored):
    with restored():
        new_epoch(reason=REASON, clock=behind.clock)
        behind.seal()
    behind.say()
    with pytest.raises(BehindOutsideHead, match="l'époque 2 a été ouverte, la base en est à 1"):
        sequence_once()
    assert new_epoch(reason=REASON, clock=behind.clock).data["epoch"] == 3


def test_a_new_epoch_without_a_loss_claims_none(town):
    town.say()
    town.seal()
    entry = new_epoch(reason="La clé a changé.", clock=town.clock)
    assert (entry.data["epoch"], entry.data["lost"]) == (2, None)


def test_a_new_epoch_owes_a_reason(town):
    with pytest.raises(Refusal):
        new_epoch(reason=" \n", clock=town.clock)
    assert read_head().epoch == 1
    assert not Entry.objects.exists()


def test_an_installation_without_authority_has_no_epoch_to_open(db):
    with pytest.raises(Conflict):
        new_epoch(reason=REASON, clock=FixedClock(datetime(2026, 3, 1, tzinfo=UTC)))


def test_an_outside_head_that_cannot_be_read_stops_the_signature(town):
    town.say()
    town.seal()
    outside_path().write_text("{}")
    with pytest.raises(BehindOutsideHead, match="illisible"):
        town.sign()


def test_the_outside_head_is_written_whole_or_not_at_all(town):
    town.say()
    town.seal()
    assert [path.name for path in outside_path().parent.iterdir()] == ["head.json"]
    assert outside_path().read_bytes() == town.sign().to_json() + b"\n"


def test_another_key_signs_from_the_next_head_on(town):
    town.say()
    town.seal()
    other = Signer("journal.example", Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    assert verify_head(sign_now(other, town.clock.now()), town.signer.public_key)
    town.say()
    town.sequence()
    assert verify_head(sign_now(other, town.clock.now()), other.public_key)
