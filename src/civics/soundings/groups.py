"""By which seat and when voices were given, without the groups so small that a few people's voices show through."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from civics.disclosure.counts import LEAST
from civics.disclosure.groups import grouped


@dataclass(frozen=True, slots=True)
class Heap:
    """``people``: how many gave a voice there; ``counts``: how many of them said each thing."""

    people: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Together:
    """Sources counted together, in the order of their names."""

    sources: tuple[str, ...]
    people: int
    counts: dict[str, int]


def together(by_source: Mapping[str, Heap], least: int = LEAST) -> list[Together]:
    """As ``grouped``, by people: one voice may say several things. Their sum is exact."""
    heaps = grouped({source: {"": heap.people} for source, heap in by_source.items()}, least)
    return [Together(each.sources, each.total, _sum(by_source, each.sources)) for each in heaps]


def _sum(by_source: Mapping[str, Heap], sources: tuple[str, ...]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for source in sources:
        counts.update(by_source[source].counts)
    return dict(sorted(counts.items()))
