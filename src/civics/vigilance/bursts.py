"""How many in how little time, against what was usual before."""

from collections.abc import Sequence

from civics.vigilance.acts import HOUR

TIMES_USUAL = 4
FEWEST = 20  # in an hour; below it a class, a family or a neighbourhood may be at it


def usual_in_an_hour(times: Sequence[float], before: float) -> int:
    """The most that one of the hours before held, but for the busiest in a hundred; 0 without a past."""
    if not times or times[0] >= before:
        return 0
    hours: dict[int, int] = {}
    for at in times:
        if at < before:
            hours[int(at // HOUR)] = hours.get(int(at // HOUR), 0) + 1
    held = sorted(hours.values())
    return held[max(0, len(held) - 1 - len(held) // 100)]


def most_in_an_hour(usual: int) -> int:
    """From how many on an hour is unusual."""
    return max(FEWEST, TIMES_USUAL * usual)


def bursts(times: Sequence[float], usual: int) -> list[tuple[int, int]]:
    """Runs of positions [first, last] in which any hour holds far more than usual. ``times`` are in order."""
    most = most_in_an_hour(usual)
    found: list[tuple[int, int]] = []
    first = 0
    for last, at in enumerate(times):
        while at - times[first] > HOUR:
            first += 1
        if last - first + 1 < most:
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found
