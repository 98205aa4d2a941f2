"""What changed from one text to another, paragraph by paragraph: said by words, never by colour alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Change:
    """``sort``: "same", "out" or "in"."""

    sort: str
    text: str


def differences(before: str, after: str) -> list[Change]:
    old, new = before.split("\n"), after.split("\n")
    return list(_told(old, new))


def _told(old: list[str], new: list[str]) -> Iterator[Change]:
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Change("same", line) for line in old[start:end] if line)
            continue
        yield from (Change("out", line) for line in old[start:end] if line)
        yield from (Change("in", line) for line in new[first:last] if line)
