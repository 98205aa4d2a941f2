"""Where everything stands on a form, in millimetres from its top left corner: drawn from this, and read by this.

The page is A4. What comes back is above the cut; below is the stub that one keeps.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

VERSION = 1
WIDTH, CUT, HEIGHT = 210.0, 252.0, 297.0
MARKER = 9.0
CORNERS = ((9.0, 9.0), (192.0, 9.0), (192.0, 238.0), (9.0, 238.0))
CODE = (169.0, 9.0, 19.0)  # left, top, side
SIDE = 4.5  # of a box to tick, outline included
EMPTY, FULL = (
    (100.0, 240.0),
    (110.0, 240.0),
)  # boxes that nobody ticks: what an empty one and ink look like here
LEFT, RIGHT = 12.0, 198.0
QUESTION, FIRST_OPTION, PITCH, ROWS = 54.0, 70.0, 9.5, 5
MOST_OPTIONS = 2 * ROWS
AGE, CHOICE, BODY, CONSENT = "age", "choice", "body", "consent"
TEXT, NAME = "text", "name"
_AGE_TOP, _AGE_PITCH = 39.5, 37.0
_TEXT_TOP, _TEXT_BOTTOM = 123.0, 197.0
_CONSENT_TOP, _BODY_TOP = 213.0, 224.0
_BODY_AT = {"yes": 100.0, "no": 122.0, "unsaid": 144.0}


@dataclass(frozen=True, slots=True)
class Box:
    """One to tick. ``group``: of what it is one answer; ``width``: how far its words may go."""

    group: str
    value: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Region:
    """Where one writes by hand."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    boxes: tuple[Box, ...]
    regions: tuple[Region, ...]

    def as_json(self) -> dict[str, Any]:
        """What the program that reads is told: all it knows of a form."""
        return {
            "version": VERSION,
            "size": [WIDTH, CUT],
            "corners": [list(corner) for corner in CORNERS],
            "marker": MARKER,
            "code": list(CODE),
            "side": SIDE,
            "empty": list(EMPTY),
            "full": list(FULL),
            "boxes": [asdict(box) for box in self.boxes],
            "regions": [asdict(region) for region in self.regions],
        }


def lay_out(bands: Sequence[str], ranks: Sequence[int], *, asks_words: bool = True) -> Layout:
    """``bands``: of age, the first thing asked, none where it is said of all; ``ranks``: of the options, none for a form
    without a question. Where no words are asked, what is written all the same is still known not to be looked at.
    """
    if len(ranks) > MOST_OPTIONS:
        raise ValueError(f"{len(ranks)} options: {MOST_OPTIONS} at most stand on a sheet")
    ages = [
        Box(AGE, band, LEFT + n * _AGE_PITCH, _AGE_TOP, _AGE_PITCH - 2 * SIDE - 0.5)
        for n, band in enumerate(bands)
    ]
    top = _TEXT_TOP if ranks else QUESTION + 7
    bodies = [
        Box(BODY, value, x, _BODY_TOP, 22.0 if value != "unsaid" else 40.0) for value, x in _BODY_AT.items()
    ]
    consents = [Box(CONSENT, "yes", LEFT, _CONSENT_TOP, RIGHT - LEFT)] if asks_words else []
    return Layout(
        (*ages, *_options(ranks), *consents, *bodies),
        (
            Region(TEXT, LEFT, top, RIGHT - LEFT, _TEXT_BOTTOM - top),
            Region(NAME, 46.0, 200.0, 70.0, 9.0),
        ),
    )


def _options(ranks: Sequence[int]) -> list[Box]:
    """One column as long as they hold in it, two otherwise."""
    columns = 1 if len(ranks) <= ROWS else 2
    width = (RIGHT - LEFT) / columns
    return [
        Box(
            CHOICE,
            str(rank),
            LEFT + (n // ROWS) * width,
            FIRST_OPTION + (n % ROWS) * PITCH,
            width - 3 * SIDE,
        )
        for n, rank in enumerate(ranks)
    ]
