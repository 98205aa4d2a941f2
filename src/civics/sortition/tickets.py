"""Drawing by tickets: a seed that everyone read before, a number for each, and the lowest ticket wins.

Who has the seed and the numbers finds the same order with any SHA-256: ``printf '%s' 'seed:7' | sha256sum``.
"""

import hashlib
from collections.abc import Collection, Mapping


def ticket(seed: str, number: int) -> str:
    """In hexadecimal; the seed and the number in decimal, a colon between them, UTF-8."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def in_drawn_order(seed: str, numbers: Collection[int]) -> list[int]:
    """Each number once, the lowest ticket first: whom the draw names, then who would stand in."""
    return sorted(set(numbers), key=lambda number: (ticket(seed, number), number))


def next_in_turn(numbers: Collection[int], turns: Mapping[int, int]) -> int | None:
    """Whose turn it is: who had the fewest ``turns``, and of those the lowest number. None when there is nobody."""
    return min(set(numbers), key=lambda number: (turns.get(number, 0), number), default=None)
