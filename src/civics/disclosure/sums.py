"""Published counts of several places, together: they say no more than each said."""

from collections.abc import Iterable, Mapping


def add_up(parts: Iterable[Mapping[str, int | None]]) -> dict[str, int | None]:
    """Published counts of several places together: hidden as soon as one of them is, so that it tells no more."""
    sums: dict[str, int | None] = {}
    for part in parts:
        for name, n in part.items():
            before = sums.get(name, 0)
            sums[name] = None if n is None or before is None else before + n
    return sums


def add_known(parts: Iterable[Mapping[str, int | None]]) -> dict[str, int | None]:
    """The least that published counts of several places make together; None where no place says anything."""
    sums: dict[str, int | None] = {}
    for part in parts:
        for name, n in part.items():
            before = sums.get(name)
            sums[name] = before if n is None else n + (before or 0)
    return sums
