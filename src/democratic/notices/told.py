from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from democratic.notices import texts

Write = Callable[[str], texts.Text]


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told of one line, and in which words, by language."""

    purpose: str
    authors: set[UUID]
    followed: set[UUID]
    write: Write
    is_for_process: bool = True  # who follows the whole process is told too
