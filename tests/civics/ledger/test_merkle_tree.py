"""The tree against vectors published with Certificate Transparency, and against the RFC's definition."""

from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civics.ledger.tree import EMPTY_ROOT, Frontier, leaf_hash, node_hash, root

steady = settings(deadline=None, derandomize=True, max_examples=40)

LARGEST = 64
LEAVES = [leaf_hash(bytes([number])) for number in range(LARGEST)]

CT_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def root_by_definition(hashes):
    """RFC 9162, section 2.1.1, word for word: split after the largest power of two below the size."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(root_by_definition(hashes[:split]), root_by_definition(hashes[split:]))


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size):
    assert root(leaf_hash(leaf) for leaf in CT_LEAVES[:size]).hex() == CT_ROOTS[size]


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (
            "101112131415161718191a1b1c1d1e1f",
            "3bfb960453ebaebf33727da7a1f4db38acc051d381b6da20d6d4e88f0eabfd7a",
        ),
    ],
)
def test_leaf_hashes_are_the_published_ones(leaf, expected):
    assert leaf_hash(bytes.fromhex(leaf)).hex() == expected


def test_a_node_hash_is_the_published_one():
    left, right = bytes(range(32)), bytes(range(32, 64))
    assert node_hash(left, right).hex() == "1a378704c17da31e2d05b6d121c2bb2c7d76f6ee6fa8f983e596c2d034963c57"


def test_every_root_is_the_one_that_the_rfc_defines():
    for size in range(LARGEST + 1):
        assert root(LEAVES[:size]) == root_by_definition(LEAVES[:size]), size


def test_the_empty_tree_has_the_hash_of_nothing():
    assert Frontier().root == root([]) == EMPTY_ROOT


@steady
@given(st.integers(0, LARGEST), st.lists(st.integers(0, LARGEST)))
def test_leaves_in_any_batches_give_the_tree_made_at_once(size, cuts):
    batches = pairwise([0, *sorted(cut for cut in cuts if cut <= size), size])
    frontier, completed = Frontier(), []
    for start, end in batches:
        frontier, nodes = frontier.extend(LEAVES[start:end])
        completed += nodes
    assert (frontier, completed) == Frontier().extend(LEAVES[:size])
    assert frontier.root == root_by_definition(LEAVES[:size])


def test_extending_gives_every_complete_node_once_with_its_hash():
    _, nodes = Frontier().extend(LEAVES)
    assert {(node.level, node.index): node.hash for node in nodes} == {
        (level, index): root_by_definition(LEAVES[index << level : (index + 1) << level])
        for level in range(7)
        for index in range(LARGEST >> level)
    }
    assert len(nodes) == 2 * LARGEST - 1


def test_extending_leaves_the_shorter_frontier_as_it_was():
    three, _ = Frontier().extend(LEAVES[:3])
    before = three.root
    three.extend(LEAVES[3:5])
    assert (three.size, three.root) == (3, before)


def test_the_frontier_of_any_past_size_is_found_in_the_stored_nodes():
    stored = {(node.level, node.index): node.hash for node in Frontier().extend(LEAVES)[1]}
    for size in range(LARGEST + 1):
        past, _ = Frontier().extend(LEAVES[:size])
        assert Frontier.stored(size, lambda positions: {at: stored[at] for at in positions}) == past, size


@pytest.mark.parametrize("size", [-1, 2, 3])
def test_a_frontier_whose_size_and_subtrees_disagree_is_refused(size):
    with pytest.raises(ValueError, match="same moment"):
        Frontier(size, (LEAVES[0],) * 3)


def test_a_past_size_cannot_be_negative():
    with pytest.raises(ValueError, match="0 or more"):
        Frontier.stored(-1, lambda _: {})


def test_a_leaf_that_was_not_hashed_is_refused():
    with pytest.raises(ValueError, match="leaf_hash"):
        Frontier().extend([b"words"])
