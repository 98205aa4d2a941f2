"""Proofs of RFC 9162, sections 2.1.3 and 2.1.4: made from stored nodes, checked by anyone.

Making a proof asks the store once, for O(log size) complete nodes. Proofs to check come from
strangers: whatever they hold, the answer is True or False, never an exception.
"""

from collections.abc import Sequence

from civics.ledger.tree import (
    EMPTY_ROOT,
    HASH_BYTES,
    Lookup,
    Position,
    complete_subtrees,
    fold,
    look_up,
    node_hash,
)

Span = tuple[int, int]
"""Leaves from the first to before the second."""


def inclusion_proof(index: int, size: int, lookup: Lookup) -> list[bytes]:
    return _resolve(inclusion_nodes(index, size), lookup)


def consistency_proof(old: int, new: int, lookup: Lookup) -> list[bytes]:
    return _resolve(consistency_nodes(old, new), lookup)


def inclusion_nodes(index: int, size: int) -> list[list[Position]]:
    """For each hash of the proof, the complete nodes that it is folded from."""
    if not 0 <= index < size:
        raise ValueError(f"Leaf {index} is not in a tree of {size}: give an index from 0 to size - 1.")
    siblings: list[Span] = []
    start, end = 0, size
    while end - start > 1:
        (start, end), sibling = _step_towards(index, start, end)
        siblings.append(sibling)
    return _recipes(siblings)


def consistency_nodes(old: int, new: int) -> list[list[Position]]:
    """For each hash of the proof, the complete nodes that it is folded from."""
    if not 0 <= old <= new:
        raise ValueError(f"A tree of {new} cannot extend one of {old}: give the older size first.")
    if old == 0:
        return []  # every tree extends the empty one
    spans: list[Span] = []
    start, end = 0, new
    while end != old:
        (start, end), sibling = _step_towards(old - 1, start, end)
        spans.append(sibling)
    if start > 0:  # else the span reached is the whole old tree, whose root the verifier holds
        spans.append((start, end))
    return _recipes(spans)


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Section 2.1.3.2.

    Two sizes can share a root's path: a size is to be believed because a signed head states it.
    """
    if not (0 <= index < size and _are_hashes(leaf_hash, root, *proof)):
        return False
    place, last, computed = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            computed = node_hash(sibling, computed)
            place, last = _skip_levels_without_sibling(place, last)
        else:
            computed = node_hash(computed, sibling)
        place, last = place // 2, last // 2
    return last == 0 and computed == root


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Section 2.1.4.2, and what it leaves out: the same tree twice, and the empty tree, which all extend."""
    if not (0 <= old_size <= new_size and _are_hashes(old_root, new_root, *proof)):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    return bool(proof) and _joins_roots(old_size, old_root, new_size, new_root, proof)


def _joins_roots(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    is_complete = old_size.bit_count() == 1  # then the old root is itself a node of the new tree
    first, *others = [old_root, *proof] if is_complete else proof
    place, last = old_size - 1, new_size - 1
    while place % 2:
        place, last = place // 2, last // 2
    old_computed = new_computed = first
    for sibling in others:
        if last == 0:
            return False
        if place % 2 or place == last:
            old_computed = node_hash(sibling, old_computed)
            new_computed = node_hash(sibling, new_computed)
            place, last = _skip_levels_without_sibling(place, last)
        else:
            new_computed = node_hash(new_computed, sibling)
        place, last = place // 2, last // 2
    return last == 0 and (old_computed, new_computed) == (old_root, new_root)


def _skip_levels_without_sibling(place: int, last: int) -> tuple[int, int]:
    """Up the right edge of the tree, to a right child: until there, nodes are their own parents."""
    while place and place % 2 == 0:
        place, last = place // 2, last // 2
    return place, last


def _are_hashes(*values: bytes) -> bool:
    return all(isinstance(value, bytes) and len(value) == HASH_BYTES for value in values)


def _step_towards(leaf: int, start: int, end: int) -> tuple[Span, Span]:
    """The half of the span that holds the leaf, and the other; the left one is a full power of two."""
    middle = start + (1 << ((end - start - 1).bit_length() - 1))
    left, right = (start, middle), (middle, end)
    return (left, right) if leaf < middle else (right, left)


def _recipes(spans: list[Span]) -> list[list[Position]]:
    """Leaves first, as verifiers read."""
    return [list(complete_subtrees(start, end)) for start, end in reversed(spans)]


def _resolve(recipes: list[list[Position]], lookup: Lookup) -> list[bytes]:
    found = look_up([position for recipe in recipes for position in recipe], lookup)
    return [fold([found[position] for position in recipe]) for recipe in recipes]
