"""People counted by two things at once, without the cells so small that they point at a few of them."""

from collections.abc import Collection, Iterable, Mapping

from civics.disclosure.counts import LEAST

Crossing = tuple[str, str]


def crossed(counts: Mapping[Crossing, int], least: int = LEAST) -> dict[Crossing, int | None]:
    """None where fewer than ``least`` people are, none included: « fewer than five ».

    The totals of rows and of columns are known. One hidden cell alone in its line is found by subtracting the others,
    so the smallest that is left there is hidden with it; and so on until no line has one hidden cell alone.
    """
    hidden = {cell for cell, n in counts.items() if n < least}
    lines = [
        [cell for cell in counts if cell[axis] == name]
        for axis in (0, 1)
        for name in dict.fromkeys(cell[axis] for cell in counts)
    ]
    while found := next((line for line in lines if _gives_one_away(line, hidden)), None):
        left = [cell for cell in found if cell not in hidden]
        hidden.add(min(left, key=lambda cell: (not _is_crossed(cell, hidden), counts[cell], cell)))
    return {cell: None if cell in hidden else n for cell, n in counts.items()}


def _gives_one_away(line: Iterable[Crossing], hidden: Collection[Crossing]) -> bool:
    among = [cell in hidden for cell in line]
    return sum(among) == 1 and not all(among)


def _is_crossed(cell: Crossing, hidden: Collection[Crossing]) -> bool:
    """Whether hiding it leaves nothing to hide beside it: both its lines have some already."""
    return all(any(other[axis] == cell[axis] for other in hidden) for axis in (0, 1))
