from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

HOUR, DAY = 3600.0, 86_400.0


@dataclass(frozen=True, slots=True)
class Act:
    """Something said, or a support. ``at``: in seconds. ``is_new``: its author was first seen the day before, or later.

    ``words``: what was said, empty for a support; ``target``: what was supported.
    """

    key: Hashable
    author: Hashable
    at: float
    is_new: bool
    words: str = ""
    target: Hashable | None = None


class Sign(StrEnum):
    VELOCITY = "velocity"
    SIMILARITY = "similarity"
    NEWCOMERS = "newcomers"


@dataclass(frozen=True, slots=True)
class Finding:
    """``acts``: how many, where ``usual`` is the most that was usual in as much time; ``flagged``: their keys.

    A burst alone flags nobody: a letter from the mayor makes one too.
    """

    sign: Sign
    began: float
    ended: float
    acts: int
    usual: int
    flagged: frozenset[Hashable] = frozenset()
