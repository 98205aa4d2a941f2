"""What was answered where, without the groups so small that a few people's answers show through."""

from collections.abc import Mapping
from dataclasses import dataclass

from civics.disclosure.counts import LEAST

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Group:
    """The sources counted together, in the order of their names, and what was answered there, by option."""

    sources: tuple[str, ...]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def grouped(by_source: Mapping[str, Counts], least: int = LEAST) -> list[Group]:
    """Every source with ``least`` answers or more stands alone; smaller ones are counted with the next smallest.

    The sum over all groups is exact, so that a small source cannot be found by subtracting the others. Empty when
    fewer than ``least`` people answered in all: nothing may be said yet. The largest group first.
    """
    groups = [Group((source,), dict(counts)) for source, counts in by_source.items() if any(counts.values())]
    groups.sort(key=_size)
    while len(groups) > 1 and groups[0].total < least:
        first, second, *others = groups
        groups = sorted([_together(first, second), *others], key=_size)
    if not groups or groups[0].total < least:
        return []
    return sorted(groups, key=lambda group: (-group.total, group.sources))


def _size(group: Group) -> tuple[int, tuple[str, ...]]:
    return group.total, group.sources


def _together(one: Group, other: Group) -> Group:
    options = dict.fromkeys([*one.counts, *other.counts])
    counts = {option: one.counts.get(option, 0) + other.counts.get(option, 0) for option in options}
    return Group(tuple(sorted(one.sources + other.sources)), counts)
