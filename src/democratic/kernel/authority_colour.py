"""Whether an authority's own colour reads wherever pages use it, and the nearest one that does.

The values are those of ``tokens.css``, which a test compares. In the dark, pages keep its hue alone: lighter.
"""

from collections.abc import Iterator
from enum import StrEnum

from democratic.kernel.colour import contrast
from democratic.kernel.oklch import Oklch, apart, mixed, oklch_of, shown

READABLE = 4.5  # WCAG 1.4.3, AA
PAPER = "#faf7f0"
LIGHT_GROUNDS = (PAPER, "#fffefb", "#f2ede2", "#ffffff")  # the last: white stands on it, in buttons
DARK_GROUNDS = ("#121918", "#1a2322", "#0d1312", "#08211f")  # the last stands on it, in buttons
SOFT_SHARE = 0.10  # of it in the paper, under what is chosen
LIFTED = (0.82, 0.07)  # lightness and chroma in the dark
THREAD = "#c93a1d"
LEAST_APART = 25.0  # degrees of hue from the thread
GREY = 0.04  # chroma under which nobody sees a hue
BLACK = "#000000"
_THREAD_HUE = oklch_of(THREAD).hue
_HALVINGS = 12  # of the lightness: finer than eight bits
_WIDENED = 12  # half degrees: a hue moves a little when it becomes eight bits


class Fault(StrEnum):
    TOO_LIGHT = "too_light"
    LIKE_THE_THREAD = "like_the_thread"


def fault_of(colour: str) -> Fault | None:
    """Of "#rrggbb"; None when it may be an authority's."""
    seen = oklch_of(colour)
    if seen.chroma >= GREY and apart(seen.hue, _THREAD_HUE) < LEAST_APART:
        return Fault.LIKE_THE_THREAD
    return None if reads(colour) else Fault.TOO_LIGHT


def reads(colour: str) -> bool:
    return min(least_contrast(colour), contrast_in_the_dark(colour)) >= READABLE


def least_contrast(colour: str) -> float:
    """On the ground where it reads worst, in the light."""
    return min(contrast(colour, ground) for ground in (*LIGHT_GROUNDS, mixed(colour, PAPER, SOFT_SHARE)))


def contrast_in_the_dark(colour: str) -> float:
    return min(contrast(lifted(colour), ground) for ground in DARK_GROUNDS)


def lifted(colour: str) -> str:
    """What pages make of it in the dark."""
    return shown(Oklch(*LIFTED, oklch_of(colour).hue))


def nearest_fit(colour: str) -> str:
    """The same hue, and chroma as far as a screen shows it, at the nearest lightness that reads; itself when it does.

    A hue too near the thread's is turned away from it first, by as little as needed.
    """
    if fault_of(colour) is None:
        return colour
    wanted = oklch_of(colour)
    tried = (_dark_enough(wanted._replace(hue=hue)) for hue in _hues(wanted))
    return next((each for each in tried if fault_of(each) is None), BLACK)


def _dark_enough(wanted: Oklch) -> str:
    """Between it and black, the first that reads: the darker, the better it does."""
    if reads(shown(wanted)):
        return shown(wanted)
    dark, light = 0.0, wanted.lightness
    for _each in range(_HALVINGS):
        middle = (dark + light) / 2
        if reads(shown(wanted._replace(lightness=middle))):
            dark = middle
        else:
            light = middle
    return shown(wanted._replace(lightness=dark))


def _hues(wanted: Oklch) -> Iterator[float]:
    if wanted.chroma < GREY or apart(wanted.hue, _THREAD_HUE) >= LEAST_APART:
        yield wanted.hue
    side = 1 if (wanted.hue - _THREAD_HUE) % 360 < 180 else -1  # noqa: PLR2004  degrees
    for wider in range(_WIDENED):
        yield (_THREAD_HUE + side * (LEAST_APART + wider / 2)) % 360
