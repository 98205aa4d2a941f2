"""The Merkle tree of RFC 9162, section 2.1, kept as its complete subtrees.

A node (level, index) stands over the leaves index * 2**level up to the next node of its level. It is
complete when all of them exist, and from then on never changes: those are the nodes to store. The
others, on the tree's right edge, are recomputed from complete ones whenever they are asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

Position = tuple[int, int]
"""(level, index), leaves being at level 0."""

Lookup = Callable[[list[Position]], Mapping[Position, bytes]]
"""Hashes of stored complete nodes, asked for all at once."""


@dataclass(frozen=True, slots=True)
class Node:
    level: int
    index: int
    hash: bytes


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Iterable[bytes]) -> bytes:
    return Frontier().extend(leaf_hashes)[0].root


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that a growing tree must remember: its complete subtrees, largest (leftmost) first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            raise ValueError(
                f"A tree of {self.size} leaves cannot have {len(self.hashes)} complete subtrees: "
                "load both from the same moment."
            )

    @classmethod
    def stored(cls, size: int, lookup: Lookup) -> "Frontier":
        """The frontier that the tree had at `size`, from the nodes stored since."""
        positions = frontier_nodes(size)
        found = look_up(positions, lookup)
        return cls(size, tuple(found[position] for position in positions))

    @property
    def root(self) -> bytes:
        return fold(self.hashes)

    def extend(self, leaf_hashes: Iterable[bytes]) -> "tuple[Frontier, list[Node]]":
        """The longer frontier, and every node that these leaves complete, leaves included."""
        size, subtrees, completed = self.size, list(self.hashes), []
        for leaf in leaf_hashes:
            node = Node(0, size, _checked(leaf))
            completed.append(node)
            while node.index % 2:  # a right child completes its parent
                node = Node(node.level + 1, node.index // 2, node_hash(subtrees.pop(), node.hash))
                completed.append(node)
            subtrees.append(node.hash)
            size += 1
        return Frontier(size, tuple(subtrees)), completed


def frontier_nodes(size: int) -> list[Position]:
    if size < 0:
        raise ValueError(f"A tree cannot have {size} leaves: give 0 or more.")
    return list(complete_subtrees(0, size))


def complete_subtrees(start: int, end: int) -> Iterator[Position]:
    """The span's complete subtrees, largest first; `start` is where a subtree as wide may begin."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def look_up(positions: list[Position], lookup: Lookup) -> Mapping[Position, bytes]:
    found = lookup(positions) if positions else {}
    if missing := [position for position in positions if position not in found]:
        raise ValueError(
            f"No stored hash for the nodes (level, index) {missing}: rebuild the nodes from the leaves."
        )
    return found


def fold(subtrees: Sequence[bytes]) -> bytes:
    """The root over neighbouring subtrees, given largest first."""
    if not subtrees:
        return EMPTY_ROOT
    folded = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        folded = node_hash(left, folded)
    return folded


def _checked(leaf: bytes) -> bytes:
    if len(leaf) != HASH_BYTES:
        raise ValueError(f"A leaf hash has {HASH_BYTES} bytes, not {len(leaf)}: pass it through leaf_hash.")
    return leaf
