"""Proofs: the published ones, all of them up to 64 leaves, and what must make each of them fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civics.ledger.proofs import (
    consistency_nodes,
    consistency_proof,
    inclusion_nodes,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from civics.ledger.tree import EMPTY_ROOT, Frontier, leaf_hash, root

steady = settings(deadline=None, derandomize=True, max_examples=50)

LARGEST = 64
LEAVES = [leaf_hash(bytes([number])) for number in range(LARGEST)]
ROOTS = [root(LEAVES[:size]) for size in range(LARGEST + 1)]
NODES = {(node.level, node.index): node.hash for node in Frontier().extend(LEAVES)[1]}

CT_INPUTS = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
CT_LEAVES = [leaf_hash(bytes.fromhex(leaf)) for leaf in CT_INPUTS]

# The hashes that the published paths are made of; the names say which leaves they stand over.
LEAF_0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
LEAF_2 = "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
LEAF_6 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
LEAVES_0_1 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
LEAVES_2_3 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
LEAVES_4_5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
LEAVES_6_7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
LEAVES_0_3 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
LEAVES_4_7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"

CT_INCLUSION = [
    (0, 1, []),
    (0, 8, [LEAF_1, LEAVES_2_3, LEAVES_4_7]),
    (5, 8, [LEAF_4, LEAVES_6_7, LEAVES_0_3]),
    (2, 3, [LEAVES_0_1]),
    (1, 5, [LEAF_0, LEAVES_2_3, LEAF_4]),
    (3, 8, [LEAF_2, LEAVES_0_1, LEAVES_4_7]),
    (7, 8, [LEAF_6, LEAVES_4_5, LEAVES_0_3]),
]
CT_CONSISTENCY = [
    (1, 1, []),
    (1, 8, [LEAF_1, LEAVES_2_3, LEAVES_4_7]),
    (6, 8, [LEAVES_4_5, LEAVES_6_7, LEAVES_0_3]),
    (2, 5, [LEAVES_2_3, LEAF_4]),
]

sizes = st.integers(1, LARGEST)
bits = st.integers(0, 32 * 8 - 1)


class CountingStore:
    def __init__(self, nodes):
        self.nodes, self.asked = nodes, []

    def __call__(self, positions):
        self.asked.append(positions)
        return {position: self.nodes[position] for position in positions}


def included(index, size):
    return inclusion_proof(index, size, CountingStore(NODES))


def extended(old, new):
    return consistency_proof(old, new, CountingStore(NODES))


def flip(data, bit):
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize(("index", "size", "path"), CT_INCLUSION)
def test_inclusion_proofs_are_the_published_ones(index, size, path):
    frontier, nodes = Frontier().extend(CT_LEAVES[:size])
    store = CountingStore({(node.level, node.index): node.hash for node in nodes})
    proof = inclusion_proof(index, size, store)
    assert [step.hex() for step in proof] == path
    assert verify_inclusion(CT_LEAVES[index], index, size, proof, frontier.root)


@pytest.mark.parametrize(("old", "new", "path"), CT_CONSISTENCY)
def test_consistency_proofs_are_the_published_ones(old, new, path):
    frontier, nodes = Frontier().extend(CT_LEAVES[:new])
    store = CountingStore({(node.level, node.index): node.hash for node in nodes})
    proof = consistency_proof(old, new, store)
    assert [step.hex() for step in proof] == path
    assert verify_consistency(old, root(CT_LEAVES[:old]), new, frontier.root, proof)


def test_every_leaf_of_every_size_is_proved():
    for size in range(1, LARGEST + 1):
        for index in range(size):
            proof = included(index, size)
            assert verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size]), (index, size)


def test_every_tree_is_proved_to_extend_every_smaller_one():
    for new in range(LARGEST + 1):
        for old in range(new + 1):
            proof = extended(old, new)
            assert verify_consistency(old, ROOTS[old], new, ROOTS[new], proof), (old, new)


@steady
@given(st.data(), sizes, bits)
def test_one_flipped_bit_breaks_an_inclusion_proof(data, size, bit):
    index = data.draw(st.integers(0, size - 1))
    hashes = [LEAVES[index], ROOTS[size], *included(index, size)]
    which = data.draw(st.integers(0, len(hashes) - 1))
    hashes[which] = flip(hashes[which], bit)
    leaf, claimed_root, *proof = hashes
    assert not verify_inclusion(leaf, index, size, proof, claimed_root)


@steady
@given(st.data(), st.integers(2, LARGEST), bits)
def test_one_flipped_bit_breaks_a_consistency_proof(data, new, bit):
    old = data.draw(st.integers(1, new))
    hashes = [ROOTS[old], ROOTS[new], *extended(old, new)]
    which = data.draw(st.integers(0, len(hashes) - 1))
    hashes[which] = flip(hashes[which], bit)
    old_root, new_root, *proof = hashes
    assert not verify_consistency(old, old_root, new, new_root, proof)


@steady
@given(st.data(), sizes)
def test_a_wrong_index_breaks_an_inclusion_proof(data, size):
    index = data.draw(st.integers(0, size - 1))
    wrong = data.draw(st.integers(-1, LARGEST).filter(lambda other: other != index))
    assert not verify_inclusion(LEAVES[index], wrong, size, included(index, size), ROOTS[size])


@steady
@given(st.data(), sizes, sizes)
def test_a_proof_of_one_size_is_worth_nothing_under_the_root_of_another(data, size, wrong):
    if size == wrong:
        wrong = size % LARGEST + 1
    index = data.draw(st.integers(0, size - 1))
    assert not verify_inclusion(LEAVES[index], index, wrong, included(index, size), ROOTS[wrong])


@steady
@given(st.data(), st.integers(2, LARGEST), sizes)
def test_wrong_sizes_with_their_own_roots_break_a_consistency_proof(data, new, wrong):
    old = data.draw(st.integers(1, new - 1))
    proof = extended(old, new)
    if wrong not in (old, new):
        assert not verify_consistency(wrong, ROOTS[wrong], new, ROOTS[new], proof)
        assert not verify_consistency(old, ROOTS[old], wrong, ROOTS[wrong], proof)
    assert not verify_consistency(new, ROOTS[new], old, ROOTS[old], proof)


@steady
@given(st.data(), sizes)
def test_a_wrong_size_fails_whenever_the_path_has_another_length(data, size):
    index = data.draw(st.integers(0, size - 1))
    wrong = data.draw(st.integers(0, 2 * LARGEST))
    proof = included(index, size)
    if wrong <= index or len(inclusion_nodes(index, wrong)) != len(proof):
        assert not verify_inclusion(LEAVES[index], index, wrong, proof, ROOTS[size])


@steady
@given(st.data(), st.integers(2, LARGEST))
def test_a_proof_cut_short_or_lengthened_fails(data, size):
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    inclusion, consistency = included(index, size), extended(old, size)
    for path in (inclusion[:-1], inclusion[1:], [*inclusion, LEAVES[0]], [LEAVES[0], *inclusion]):
        assert not verify_inclusion(LEAVES[index], index, size, path, ROOTS[size])
    for path in (consistency[:-1], consistency[1:], [*consistency, LEAVES[0]], [LEAVES[0], *consistency]):
        assert not verify_consistency(old, ROOTS[old], size, ROOTS[size], path)


def test_a_journal_rewritten_before_the_old_size_is_not_consistent():
    rewritten = [LEAVES[1], *LEAVES[1:]]
    store = CountingStore({(node.level, node.index): node.hash for node in Frontier().extend(rewritten)[1]})
    proof = consistency_proof(21, 50, store)
    assert verify_consistency(21, root(rewritten[:21]), 50, root(rewritten[:50]), proof)
    assert not verify_consistency(21, ROOTS[21], 50, root(rewritten[:50]), proof)


@pytest.mark.parametrize("stranger", [b"", b"short", LEAVES[0] + b"\0", "text", None, 7])
def test_what_is_not_a_hash_is_answered_with_false(stranger):
    proof = included(1, 2)
    assert not verify_inclusion(stranger, 1, 2, proof, ROOTS[2])
    assert not verify_inclusion(LEAVES[1], 1, 2, [stranger], ROOTS[2])
    assert not verify_inclusion(LEAVES[1], 1, 2, proof, stranger)
    assert not verify_consistency(1, ROOTS[1], 2, ROOTS[2], [stranger])
    assert not verify_consistency(1, stranger, 2, ROOTS[2], extended(1, 2))
    assert not verify_consistency(2, stranger, 2, stranger, [])


def test_two_hashes_cannot_be_cut_elsewhere():
    """63 bytes in two pieces hash like 32 and 31 others: lengths are part of the proof."""
    leaf, sibling = LEAVES[0], LEAVES[1]
    assert not verify_inclusion(leaf + sibling[:1], 0, 2, [sibling[1:]], ROOTS[2])


def test_every_tree_extends_the_empty_one_and_itself():
    assert extended(0, 9) == extended(9, 9) == []
    assert verify_consistency(0, EMPTY_ROOT, 9, ROOTS[9], [])
    assert verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, [])
    assert not verify_consistency(0, ROOTS[1], 9, ROOTS[9], [])
    assert not verify_consistency(0, EMPTY_ROOT, 9, ROOTS[9], [LEAVES[0]])
    assert not verify_consistency(9, ROOTS[9], 9, ROOTS[8], [])
    assert not verify_consistency(9, ROOTS[9], 9, ROOTS[9], [LEAVES[0]])


@pytest.mark.parametrize("size", [1, 2, 3, 31, 50, 63, 64])
def test_a_proof_asks_the_store_once_and_for_few_nodes(size):
    most = 2 * size.bit_length()
    for index in range(size):
        store = CountingStore(NODES)
        inclusion_proof(index, size, store)
        assert len(store.asked) <= 1
        assert sum(map(len, store.asked)) <= most
    for old in range(1, size + 1):
        store = CountingStore(NODES)
        consistency_proof(old, size, store)
        assert len(store.asked) <= 1
        assert sum(map(len, store.asked)) <= most


def test_a_proof_in_a_journal_of_a_billion_entries_needs_few_nodes():
    size = 10**9 + 7
    assert sum(map(len, inclusion_nodes(123_456_789, size))) <= 60
    assert sum(map(len, consistency_nodes(987_654_321, size))) <= 60


@pytest.mark.parametrize("size", [5, 21, 63])
def test_proofs_use_only_nodes_that_exist_at_their_size(size):
    recipes = [recipe for index in range(size) for recipe in inclusion_nodes(index, size)]
    recipes += [recipe for old in range(size) for recipe in consistency_nodes(old, size)]
    asked = [position for recipe in recipes for position in recipe]
    assert asked
    assert all((index + 1) << level <= size for level, index in asked)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_outside_the_tree_cannot_be_asked_for(index, size):
    with pytest.raises(ValueError, match="from 0 to size - 1"):
        included(index, size)


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3)])
def test_a_smaller_tree_cannot_be_asked_to_extend_a_larger_one(old, new):
    with pytest.raises(ValueError, match="older size first"):
        extended(old, new)


def test_a_store_with_a_hole_is_named():
    with pytest.raises(ValueError, match="rebuild the nodes"):
        inclusion_proof(0, 2, lambda _: {})
