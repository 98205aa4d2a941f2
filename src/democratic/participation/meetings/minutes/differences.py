"""What one version changed of the one before, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from democratic.participation.meetings.minutes.models import MinutesBlock


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Line:
    """``n``: for lines that stayed the same and are not shown, how many."""

    change: Change
    text: str
    n: int = 1


def lines_of(blocks: Sequence[MinutesBlock], catch_up: str = "") -> list[str]:
    """As one reads them: the essential, then each passage after what kind it is."""
    lines = catch_up.split("\n") if catch_up else []
    for block in blocks:
        first, *rest = block.text.split("\n")
        lines += [f"{block.get_kind_display()} · {first}", *(line for line in rest if line)]
    return lines


def differences(before: Sequence[str], after: Sequence[str], *, around: int = 1) -> list[Line]:
    """Lines that stayed are told ``around`` each change alone."""
    return list(_told(before, after, around))


def _told(before: Sequence[str], after: Sequence[str], around: int) -> Iterator[Line]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from _same(before[i1:i2], around)
            continue
        for line in before[i1:i2]:
            yield Line(Change.REMOVED, line)
        for line in after[j1:j2]:
            yield Line(Change.ADDED, line)


def _same(lines: Sequence[str], around: int) -> Iterator[Line]:
    if len(lines) <= 2 * around:
        yield from (Line(Change.SAME, line) for line in lines)
        return
    yield from (Line(Change.SAME, line) for line in lines[:around])
    yield Line(Change.SAME, "", len(lines) - 2 * around)
    yield from (Line(Change.SAME, line) for line in lines[-around:])
