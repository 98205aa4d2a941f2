"""Groups of texts that are alike: the one with the most neighbours takes them, and so on (Taylor 1995, Butina 1999).

The same texts in the same order give the same groups, on any machine; each can be shown with its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from civics.grouping.weights import weigh

ALIKE = 0.18  # cosine, from 0 to 1: of two texts for them to be neighbours
NEAR = 0.15  # of a text and a group for it to join, when no group took it
SMALLEST, MOST_GROUPS, WORDS_SHOWN = 3, 60, 6
_BLOCK = 500  # texts compared with all the others at a time


@dataclass(frozen=True, slots=True)
class Group:
    """``members``: positions of the texts, the most typical first; ``words``: what they share, the most telling first."""

    members: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """The largest groups first; ``coverage``: the share of all texts that are in one, from 0 to 1."""

    groups: tuple[Group, ...]
    coverage: float


def suggest_groups(
    texts: Sequence[Sequence[str]], *, alike: float = ALIKE, near: float = NEAR, smallest: int = SMALLEST
) -> Suggested:
    """``texts``: the stems of each, repeated as often as they are said. A text is in one group at most."""
    if len(texts) < smallest:
        return Suggested((), 0.0)
    weights, words = weigh(texts)
    taken = _gather(_neighbours(weights, alike), smallest)
    centres = _centres(weights, taken)
    _join(weights, centres, taken, near)
    groups = [_group(weights, members, words) for members in taken]
    groups.sort(key=lambda group: (-len(group.members), group.members[0]))
    grouped = sum(len(group.members) for group in groups)
    return Suggested(tuple(groups), grouped / len(texts))


def _neighbours(weights: csr_matrix, alike: float) -> list[np.ndarray]:
    """For each text, the others that are alike, in order; by blocks, so that memory is bounded."""
    found: list[np.ndarray] = []
    turned = weights.T.tocsr()
    for start in range(0, weights.shape[0], _BLOCK):
        compared = (weights[start : start + _BLOCK] @ turned).tocsr()
        compared.data[compared.data < alike] = 0
        compared.eliminate_zeros()
        compared.sort_indices()
        for row in range(compared.shape[0]):
            near = compared.indices[compared.indptr[row] : compared.indptr[row + 1]]
            found.append(near[near != start + row])
    return found


def _gather(neighbours: list[np.ndarray], smallest: int) -> list[list[int]]:
    """The text with the most neighbours that are still free takes them; the first of the list on a tie."""
    free = np.ones(len(neighbours), dtype=bool)
    left = np.array([len(near) for near in neighbours])
    groups: list[list[int]] = []
    while len(groups) < MOST_GROUPS:
        seed = int(np.argmax(np.where(free, left, -1)))
        if not free[seed] or left[seed] + 1 < smallest:
            break
        members = [seed, *(int(n) for n in neighbours[seed] if free[n])]
        free[members] = False
        for member in members:
            left[neighbours[member]] -= 1
        groups.append(members)
    return groups


def _centres(weights: csr_matrix, groups: list[list[int]]) -> np.ndarray:
    """One row a group: the mean of its members, of length 1."""
    means = np.array([np.asarray(weights[members].mean(axis=0)).ravel() for members in groups])
    if not len(means):
        return np.zeros((0, weights.shape[1]))
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return means / np.where(lengths, lengths, 1)


def _join(weights: csr_matrix, centres: np.ndarray, groups: list[list[int]], near: float) -> None:
    """What no group took goes to the nearest, when it is near enough."""
    taken = {member for members in groups for member in members}
    alone = [n for n in range(weights.shape[0]) if n not in taken]
    if not alone or not groups:
        return
    compared = weights[alone] @ centres.T
    best = compared.argmax(axis=1)
    for row, text in enumerate(alone):
        if compared[row, best[row]] >= near:
            groups[int(best[row])].append(text)


def _group(weights: csr_matrix, members: list[int], words: Sequence[str]) -> Group:
    mean = np.asarray(weights[members].mean(axis=0)).ravel()
    typical = weights[members] @ mean
    order = sorted(range(len(members)), key=lambda n: (-round(float(typical[n]), 9), members[n]))
    shared = [int(n) for n in np.flatnonzero(mean)]
    telling = sorted(shared, key=lambda n: (-round(float(mean[n]), 9), words[n]))
    return Group(tuple(members[n] for n in order), tuple(words[n] for n in telling[:WORDS_SHOWN]))
