import pytest

from civics.ledger.proofs import verify_consistency, verify_inclusion
from civics.ledger.tree import leaf_hash
from democratic.thread import actions
from democratic.thread.journal.heads import root_at
from democratic.thread.journal.proofs import consistency_between, latest_signed_head, proofs_of
from democratic.thread.models import Opening


def _is_proved(proof, root) -> bool:
    return verify_inclusion(leaf_hash(proof.leaf), proof.position, proof.size, proof.path, root)


def test_every_entry_of_a_record_is_proved_under_the_signed_head(town):
    idea = town.say()
    for _ in range(4):
        town.comment(idea)
    actions.withdraw_own(record=idea, clock=town.clock)
    town.seal()
    head = latest_signed_head().head
    proofs = proofs_of(idea, head.size)
    assert [proof.position for proof in proofs] == [0, 5]
    assert all(_is_proved(proof, head.root) for proof in proofs)


@pytest.mark.parametrize("asked", [1, 3])
def test_proving_asks_the_database_a_fixed_number_of_questions(town, django_assert_num_queries, asked):
    idea = town.say()
    for _ in range(asked):
        actions.reword_record(record=idea, words=actions.Words(text="Mieux dit."), clock=town.clock)
    size = town.seal()
    with django_assert_num_queries(2):
        assert len(proofs_of(idea, size)) == asked + 1


def test_every_older_head_is_proved_to_be_the_beginning_of_the_last(town):
    for _ in range(7):
        town.say()
        size = town.seal()
    for old in range(size + 1):
        proof = consistency_between(old, size)
        assert verify_consistency(old, root_at(old), size, root_at(size), proof)


def test_a_head_that_the_journal_has_not_reached_has_no_proof(town):
    town.say()
    town.seal()
    with pytest.raises(ValueError, match="No stored hash"):
        consistency_between(1, 4)


def test_a_leaf_that_was_changed_is_not_proved(town):
    idea = town.say()
    town.say()
    town.seal()
    head, (proof,) = latest_signed_head().head, proofs_of(idea, 2)
    forged = leaf_hash(proof.leaf.replace(b"web", b"sms"))
    assert not verify_inclusion(forged, proof.position, proof.size, proof.path, head.root)


def test_erasing_words_leaves_every_proof_valid(town):
    idea = town.say("Je m’appelle Lina.")
    town.say()
    old_size = town.seal()
    old_root, (before,) = root_at(old_size), proofs_of(idea, old_size)
    actions.erase_words(record=idea, clock=town.clock)
    size = town.seal()
    root = root_at(size)
    assert not Opening.objects.filter(entry__record=idea).exists()
    first, erasure = proofs_of(idea, size)
    assert first.leaf == before.leaf
    assert _is_proved(before, old_root)
    assert _is_proved(first, root)
    assert _is_proved(erasure, root)
    assert verify_consistency(old_size, old_root, size, root, consistency_between(old_size, size))
