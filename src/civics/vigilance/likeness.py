"""Texts that say almost the same: by the words that they share, the rare ones weighing more (TF-IDF, cosine)."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

ALIKE = 0.5  # cosine: on real contributions of one debate, 2 pairs in 100,000 are nearer
FEWEST_WORDS = 6  # « plus de bus » is said by many who never met
# A class that does one exercise says short things that look alike: the shorter, the nearer to a copy it must be.
ALIKE_WHEN_SHORT, LONG = 0.8, 20
_STEM, _SHORTEST = 6, 3
_COMMON = 0.2  # a word that one text in five says is no sign of a common hand...
_FEW = 25  # ...unless there are so few texts that this says nothing
_PROBES = 20
_WORD = re.compile(r"\w+")

Vector = dict[str, float]


def stems_of(text: str) -> list[str]:
    """Endings and accents do not count, nor the shortest words."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word[:_STEM] for word in _WORD.findall(plain) if len(word) >= _SHORTEST]


def features_of(text: str) -> list[str]:
    """Stems, and stems two by two: order counts. None for a text that is too short to be recognised."""
    stems = stems_of(text)
    if len(stems) < FEWEST_WORDS:
        return []
    return stems + [f"{first} {second}" for first, second in pairwise(stems)]


def vectors_of(texts: Sequence[str]) -> list[Vector]:
    """Of length 1; empty for a text that is too short to be recognised."""
    said = [Counter(features_of(text)) for text in texts]
    among = Counter(feature for counted in said for feature in counted)
    n = len(texts)
    weight = {feature: math.log((n + 1) / (df + 0.5)) for feature, df in among.items()}
    return [_normal({feature: n * weight[feature] for feature, n in counted.items()}) for counted in said]


def _normal(vector: Vector) -> Vector:
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {feature: value / length for feature, value in vector.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other.get(feature, 0.0) for feature, value in one.items())


def alike_pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of positions. Only texts that share two of their weightiest words are compared."""
    lengths = [len(stems_of(text)) for text in texts]
    vectors = vectors_of(texts)
    most = max(_FEW, int(_COMMON * len(texts)))
    held_by: dict[str, list[int]] = defaultdict(list)
    for at, vector in enumerate(vectors):
        for feature in sorted(vector, key=lambda each: (-vector[each], each))[:_PROBES]:
            held_by[feature].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in held_by.values():
        # One text under half of the pens is common too: each is then compared with those just before it.
        reach = len(holders) if len(holders) <= most else _FEW
        shared.update(
            (first, last) for n, last in enumerate(holders) for first in holders[max(0, n - reach) : n]
        )
    pairs = (pair for pair, n in shared.items() if n > 1)
    return sorted(
        (one, other)
        for one, other in pairs
        if cosine(vectors[one], vectors[other]) >= alike_from(min(lengths[one], lengths[other]))
    )


def alike_from(stems: int) -> float:
    """How near two texts must be, of which the shorter has so many stems."""
    short = min(1.0, max(0.0, (LONG - stems) / (LONG - FEWEST_WORDS)))
    return ALIKE + (ALIKE_WHEN_SHORT - ALIKE) * short


def groups_of(n: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """What is linked by a chain of pairs, each group in order."""
    root = list(range(n))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for first, second in pairs:
        root[find(second)] = find(first)
    found: dict[int, list[int]] = defaultdict(list)
    for at in range(n):
        found[find(at)].append(at)
    return [group for group in found.values() if len(group) > 1]
