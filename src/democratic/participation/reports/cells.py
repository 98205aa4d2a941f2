"""Small cells: a count of a few people can name them, so it is not published."""

from collections.abc import Mapping

LEAST = 5


def suppress(counts: Mapping[str, int], least: int = LEAST) -> dict[str, int | None]:
    """The same counts with None where a cell holds fewer than ``least`` people, and at least one.

    One hidden cell alone could be found by subtracting the others from the total, so a second one, the
    smallest that is left, is hidden with it, until those hidden hold ``least`` people together.
    """
    hidden = {name for name, n in counts.items() if 0 < n < least}
    shown = sorted((n, name) for name, n in counts.items() if n >= least)
    while hidden and (len(hidden) == 1 or sum(counts[name] for name in hidden) < least) and shown:
        hidden.add(shown.pop(0)[1])
    return {name: None if name in hidden else n for name, n in counts.items()}
