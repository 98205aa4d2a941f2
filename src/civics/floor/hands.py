"""A turn that waits, or that began: all that the rules may look at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hand:
    """``asked_at``: a number, smaller is earlier. ``has_spoken``: her person had the floor before."""

    key: str
    asked_at: float
    seat: str = ""
    gender: str = ""
    has_spoken: bool = False
