"""An independent implementation (pymerkle, which hashes as RFC 9162 does) agrees with ours.

Its inclusion paths are ours with the leaf in front. Its consistency paths go down to another node than
the RFC's, so that only the roots that they join can be compared.
"""

import pytest
from pymerkle import InmemoryTree

from civics.ledger.proofs import inclusion_proof
from civics.ledger.tree import Frontier, leaf_hash

LARGEST = 130
SAMPLE = sorted({*range(1, 18), 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, LARGEST})


@pytest.fixture(scope="module")
def entries():
    return [f"entry {number}".encode() for number in range(LARGEST)]


@pytest.fixture(scope="module")
def oracle(entries):
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(entries)
    return tree


@pytest.fixture(scope="module")
def stored(entries):
    _, nodes = Frontier().extend(leaf_hash(entry) for entry in entries)
    return {(node.level, node.index): node.hash for node in nodes}


def check_size(size, oracle, stored):
    our_root = Frontier.stored(size, lambda _: stored).root
    assert our_root == oracle.get_root(size)
    for index in range(size):
        ours = inclusion_proof(index, size, lambda _: stored)
        assert [stored[0, index], *ours] == oracle.prove_inclusion(index + 1, size).path
    for old in range(1, size + 1):
        proof = oracle.prove_consistency(old, size)
        proof.verify(Frontier.stored(old, lambda _: stored).root, our_root)  # raises if it does not hold


@pytest.mark.parametrize("size", SAMPLE[::3])
def test_roots_and_inclusion_paths_are_those_of_the_oracle(size, oracle, stored):
    check_size(size, oracle, stored)


@pytest.mark.prove
def test_roots_and_inclusion_paths_are_those_of_the_oracle_for_every_size(oracle, stored):
    for size in range(1, LARGEST + 1):
        check_size(size, oracle, stored)
