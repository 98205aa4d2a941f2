"""The ledger at larger sizes: against pymerkle, and against the RFC's own definitions, written out here as they stand.

The vectors that were published go up to eight leaves: the ordinary suite holds them (tests/civics/ledger).
"""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from civics.ledger.proofs import consistency_proof, inclusion_proof, verify_consistency, verify_inclusion
from civics.ledger.tree import Frontier, leaf_hash

LARGEST = 5000
SIZES = (1000, 1023, 1024, 1025, 2048, 4095, 4097, LARGEST)
ENTRIES = [f"entry {number}".encode() for number in range(LARGEST)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]

pytestmark = pytest.mark.prove
many = settings(deadline=None, derandomize=True, max_examples=3000)


@pytest.fixture(scope="module")
def stored():
    _, nodes = Frontier().extend(LEAVES)
    return {(node.level, node.index): node.hash for node in nodes}


@pytest.fixture(scope="module")
def oracle():
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(ENTRIES)
    return tree


class Rfc:
    """RFC 6962, section 2.1 (and 9162, 2.1): MTH, PATH, PROOF and SUBPROOF, word for word."""

    def __init__(self):
        self.known = {}

    def mth(self, start, end):
        if (start, end) not in self.known:
            if start == end:
                made = sha256(b"").digest()
            elif end - start == 1:
                made = sha256(b"\x00" + ENTRIES[start]).digest()
            else:
                k = split(end - start)
                made = sha256(b"\x01" + self.mth(start, start + k) + self.mth(start + k, end)).digest()
            self.known[start, end] = made
        return self.known[start, end]

    def path(self, m, start, end):
        if end - start == 1:
            return []
        k = split(end - start)
        if m < k:
            return [*self.path(m, start, start + k), self.mth(start + k, end)]
        return [*self.path(m - k, start + k, end), self.mth(start, start + k)]

    def proof(self, m, n):
        return self.subproof(m, 0, n, is_whole=True)

    def subproof(self, m, start, end, *, is_whole):
        if m == end - start:
            return [] if is_whole else [self.mth(start, end)]
        k = split(end - start)
        if m <= k:
            return [*self.subproof(m, start, start + k, is_whole=is_whole), self.mth(start + k, end)]
        return [*self.subproof(m - k, start + k, end, is_whole=False), self.mth(start, start + k)]


def split(n):
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


@pytest.fixture(scope="module")
def rfc():
    return Rfc()


@pytest.mark.parametrize("size", SIZES)
def test_roots_and_paths_are_pymerkles(size, oracle, stored):
    ours = Frontier.stored(size, lambda _: stored).root
    assert ours == oracle.get_root(size)
    for index in range(0, size, 97):
        path = inclusion_proof(index, size, lambda _: stored)
        assert [stored[0, index], *path] == oracle.prove_inclusion(index + 1, size).path
    for old in range(1, size + 1, 113):
        oracle.prove_consistency(old, size).verify(Frontier.stored(old, lambda _: stored).root, ours)


@many
@given(data=st.data())
def test_roots_paths_and_proofs_are_the_rfcs_and_hold(data, stored, rfc):
    size = data.draw(st.integers(1, LARGEST))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    ours = Frontier.stored(size, lambda _: stored).root
    assert ours == rfc.mth(0, size)
    path = inclusion_proof(index, size, lambda _: stored)
    assert path == rfc.path(index, 0, size)
    assert verify_inclusion(LEAVES[index], index, size, path, ours)
    proof = consistency_proof(old, size, lambda _: stored)
    assert proof == rfc.proof(old, size)
    assert verify_consistency(old, rfc.mth(0, old), size, ours, proof)


@many
@given(data=st.data())
def test_no_changed_byte_is_believed(data, stored):
    size = data.draw(st.integers(2, LARGEST))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    root, before = (Frontier.stored(each, lambda _: stored).root for each in (size, old))
    path = inclusion_proof(index, size, lambda _: stored)
    proof = consistency_proof(old, size, lambda _: stored)
    assert not verify_inclusion(LEAVES[index], index, size, changed(data, path), root)
    assert not verify_consistency(old, before, size, root, changed(data, proof))
    other = data.draw(st.integers(0, LARGEST - 1).filter(lambda n: n != index))
    assert not verify_inclusion(LEAVES[other], index, size, path, root)


def changed(data, hashes):
    at, byte = data.draw(st.integers(0, len(hashes) - 1)), data.draw(st.integers(0, 31))
    flipped = bytearray(hashes[at])
    flipped[byte] ^= 1 << data.draw(st.integers(0, 7))
    return [*hashes[:at], bytes(flipped), *hashes[at + 1 :]]


@settings(deadline=None, derandomize=True, max_examples=300)
@given(pieces=st.lists(st.integers(0, 700), max_size=8))
def test_a_tree_that_grows_in_any_pieces_is_the_same(pieces, rfc):
    frontier = Frontier()
    for piece in pieces:
        if frontier.size + piece <= LARGEST:
            frontier, _ = frontier.extend(LEAVES[frontier.size : frontier.size + piece])
    assert frontier.root == rfc.mth(0, frontier.size)
