"""How many people are of each kind, without the counts that could point at a few of them.

The one rule of the product, for whatever is known of people and shown with nothing that they said: ages,
verifications. What is public one by one (a contribution, with its origin, its day, its place and its theme) is
counted in full: who lists it counts the same.
"""

from collections.abc import Mapping

LEAST = 5


def from_least(n: int, least: int = LEAST) -> int:
    """``n`` from ``least`` on; below it 0, which says « fewer than ``least`` », none included.

    For a count inside a total that is told in full. Only those who are counted are kept from view: the others lack
    something, and to lack it says nothing of them.
    """
    return n if n >= least else 0


def publishable(counts: Mapping[str, int], least: int = LEAST) -> dict[str, int | None]:
    """None where a count holds fewer than ``least`` people; nothing at all when nothing may be said.

    Their total is known to everyone. One hidden count alone is found by subtracting the others from it, so the
    smallest that is left is hidden with it, until those hidden hold ``least`` people together. When even that
    is not enough, or when all are of one kind, so that a count would tell it of each of them: nothing.
    """
    present = {name: n for name, n in counts.items() if n}
    hidden = {name for name, n in present.items() if n < least}
    shown = sorted((n, name) for name, n in present.items() if n >= least)
    while hidden and (len(hidden) == 1 or sum(present[name] for name in hidden) < least) and shown:
        hidden.add(shown.pop(0)[1])
    together = sum(present[name] for name in hidden)
    if len(present) == 1 or (hidden and (len(hidden) == 1 or together < least)):
        return {}
    return {name: None if name in hidden else n for name, n in counts.items()}
