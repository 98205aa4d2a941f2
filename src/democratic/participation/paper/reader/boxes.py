"""Which boxes are ticked. Two levels of ink, measured against the page's own empty box: between them, nobody knows.

What looks wrong asks too: a dot that does not go from one side of its box to the other, a sign struck through, a smear
without an edge, ink around a box, a stroke that goes far beyond it, a box whose outline is not where it should be, one
blackened beside another ticked, two answers where one is asked for.
"""

from typing import Any, NamedTuple

import cv2
import numpy as np
from strokes import Stroke, longest_stroke, steepness  # type: ignore[import-not-found]

INK = 0.72  # darker than this part of the paper around it
FAINT = 0.88  # a pencil, a pen that dies: enough to ask, never to say
CLEAN, TICKED, BLACK = 0.02, 0.07, 0.85  # parts of a box's inside that are ink
NOISY = 0.05  # of the box that nobody ticks: beyond, nothing of this page is sure
FADED = 0.6  # of the box that is printed black: below, ink does not show
AROUND = 0.05  # part of the white around a box that is ink
CRISP = 0.45  # of brightness a millimetre: the edge of a pen is steeper
DARK = 0.45  # and what has no edge within its box is darker: a smear is neither
SPREAD = 0.45  # part of the white around a box that is ink: more than a sign's ends
BEYOND = 0.12  # the same, of a box all in black: it was scribbled out, not filled in
STRUCK = 0.03  # the same, on its left and on its right, at mid height: a stroke goes through it
OUTLINE = 0.35  # millimetres
INSET, FAINT_INSET = 0.85, 1.15  # millimetres from its edge: a blurred outline is no ink
STRAY = 3.2  # a stroke this many times as long as a box is no tick
REACH = 1.0  # millimetres: how far from its place a box is looked for
MATCH = 0.45  # how well its outline must be found there
BENT = 0.7  # millimetres: two boxes further from their places tell of a fold; a lens bends half of it
SINGLE = ("age", "choice", "body")


class Seen(NamedTuple):
    """Parts that are ink: inside, faint ink included, and around (left, above, below: words stand on the right).

    ``stroke``: the longest inside; ``crisp``: the sharpest edge; ``dark``: how bright the darkest is; ``through``: the
    lesser part of ink on the left and on the right, at mid height; ``moved``: millimetres from its place.
    """

    fill: float
    faint: float
    around: float
    stroke: Stroke
    crisp: float
    dark: float
    through: float
    is_found: bool
    moved: float

    @property
    def is_sign(self) -> bool:
        """As a pen leaves one that means to be seen."""
        is_pen = self.crisp >= CRISP or self.dark <= DARK
        spreads = self.around > (BEYOND if self.fill > BLACK else SPREAD)
        return self.stroke.is_drawn and is_pen and not spreads and self.through < STRUCK


class Boxes:
    def __init__(self, straight: Any, layout: dict[str, Any], dots: int) -> None:
        self._layout, self._dots = layout, dots
        self._even = _evened(straight)
        self._ink = (self._even < INK).astype(np.uint8)
        self._soft = cv2.GaussianBlur(self._even, (0, 0), 1.2)
        self._faint = (self._soft < FAINT).astype(np.uint8)
        self._edges = steepness(cv2.GaussianBlur(self._even, (0, 0), 2)) * dots
        self._outline = self._drawn_outline()
        empty = self._measured(*layout["empty"])
        black = self._measured(*layout["full"], is_outlined=False)
        self.noise, self._faintness = empty.fill, empty.faint
        seen = [self._measured(box["x"], box["y"]) for box in layout["boxes"]]
        self.lost = sum(not each.is_found for each in seen) / len(seen)
        # What is drawn in a box hides its outline: the others tell.
        moved = sorted(each.moved for each in [empty, *seen] if each.fill <= TICKED)
        self.is_bent = len(moved) > 1 and moved[-2] > BENT
        self._is_trusted = empty.is_found and max(empty.fill, empty.faint) <= NOISY and black.fill >= FADED

    def groups(self) -> dict[str, dict[str, Any]]:
        """``{group: {"ticked": [value], "asks": bool, "fills": {value: part}}}``."""
        told: dict[str, dict[str, Any]] = {}
        for box in self._layout["boxes"]:
            group = told.setdefault(box["group"], {"ticked": [], "asks": not self._is_trusted, "fills": {}})
            fill, state = self._state(box["x"], box["y"], is_single=box["group"] in SINGLE)
            group["fills"][box["value"]] = round(fill, 3)
            if state != "empty":
                group["ticked"].append(box["value"])
            group["asks"] = group["asks"] or state == "unsure"
        for name, group in told.items():
            group["asks"] = group["asks"] or (name in SINGLE and len(group["ticked"]) > 1)
        return told

    def inked(self, left: float, top: float, width: float, height: float) -> float:
        """Part of a region that is ink, its frame left out."""
        inside = self._part(self._ink, left + 1.5, top + 1.5, width - 3, height - 3)
        return round(float(inside.mean()), 5)

    def _state(self, x: float, y: float, *, is_single: bool) -> tuple[float, str]:
        """A box all in black was scribbled in, or struck out: where one answers once, the others tell which."""
        seen, high = self._measured(x, y), max(TICKED, self.noise + TICKED)
        if not seen.is_found:
            return seen.fill, "unsure"
        if seen.faint <= self._faintness + CLEAN and seen.fill <= self.noise + CLEAN:
            return seen.fill, "empty" if seen.around <= AROUND else "unsure"
        if (
            seen.fill < high
            or (seen.fill > BLACK and not is_single)
            or not seen.is_sign
            or self._strays(x, y)
        ):
            return seen.fill, "unsure"
        return seen.fill, "ticked"

    def _measured(self, x: float, y: float, *, is_outlined: bool = True) -> Seen:
        side, is_found, place = self._layout["side"], True, (x, y)
        if is_outlined:
            x, y, is_found = self._looked_for(x, y)
        inside, faint, edges, bright = (
            self._part(of, x + inset, y + inset, side - 2 * inset, side - 2 * inset)
            for of, inset in (
                (self._ink, INSET), (self._faint, FAINT_INSET), (self._edges, FAINT_INSET), (self._soft, INSET)
            )
        )  # fmt: skip
        ring = (
            self._part(self._faint, x - 1.7, y - 1.0, 1.1, side + 2.0),
            self._part(self._faint, x, y - 1.7, side, 1.1),
            self._part(self._faint, x, y + side + 0.6, side, 1.1),
        )
        beside = (
            self._part(self._ink, x - 1.7, y + 0.8, 1.1, side - 1.6),
            self._part(self._ink, x + side + 0.6, y + 0.8, 1.1, side - 1.6),
        )
        return Seen(
            fill=float(inside.mean()),
            faint=float(faint.mean()),
            around=max(float(part.mean()) for part in ring),
            stroke=longest_stroke(inside),
            crisp=float(np.percentile(edges, 98)),
            dark=float(np.percentile(bright, 5)),
            through=min(float(part.mean()) for part in beside),
            is_found=is_found,
            moved=max(abs(x - place[0]), abs(y - place[1])),
        )

    def _looked_for(self, x: float, y: float) -> tuple[float, float, bool]:
        """Where its outline is best found within reach: paper curls, and a phone's lens bends."""
        side = self._layout["side"]
        near = self._part(
            self._ink, x - REACH - 0.5, y - REACH - 0.5, side + 2 * REACH + 1, side + 2 * REACH + 1
        )
        if min(near.shape) < max(self._outline.shape):
            return x, y, False
        scores = cv2.matchTemplate(
            near.astype(np.float32), self._outline, cv2.TM_CCORR_NORMED, mask=self._outline_mask
        )
        _least, best, _at, (right, down) = cv2.minMaxLoc(scores)
        moved_x, moved_y = right / self._dots - REACH - 0.25, down / self._dots - REACH - 0.25
        return x + moved_x, y + moved_y, bool(np.isfinite(best) and best >= MATCH)

    def _drawn_outline(self) -> Any:
        """The outline with a quarter of a millimetre of paper around; what is inside it counts for nothing."""
        dots, margin = self._dots, round(0.25 * self._dots)
        side, line = round(self._layout["side"] * dots), max(round(OUTLINE * dots), 1)
        drawn = np.zeros((side + 2 * margin,) * 2, dtype=np.float32)
        drawn[margin:-margin, margin:-margin] = 1
        mask = np.ones_like(drawn)
        inner = margin + line
        drawn[inner:-inner, inner:-inner] = 0
        mask[inner:-inner, inner:-inner] = 0
        self._outline_mask = mask
        return drawn

    def _strays(self, x: float, y: float) -> bool:
        """Whether the ink that goes through it is a long stroke that comes from elsewhere."""
        side, reach = self._layout["side"], self._layout["side"] * STRAY
        left, top = x - (reach - side) / 2, y - (reach - side) / 2
        near = self._part(self._ink, left, top, reach, reach).copy()
        _count, labels = cv2.connectedComponents(near)
        off = round((reach - side) / 2 * self._dots)
        inset = round((2 * OUTLINE) * self._dots)
        last = off + round(side * self._dots) - inset
        inside = set(np.unique(labels[off + inset : last, off + inset : last])) - {0}
        edges = np.concatenate([labels[0], labels[-1], labels[:, 0]])
        return bool(inside & set(np.unique(edges)))

    def _part(self, of: Any, left: float, top: float, width: float, height: float) -> Any:
        x, y = round(left * self._dots), round(top * self._dots)
        return of[max(y, 0) : y + round(height * self._dots), max(x, 0) : x + round(width * self._dots)]


def _evened(grey: Any) -> Any:
    """Each pixel as a part of the paper around it: shadows and grey grounds go."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 5)
    ground = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return grey.astype(np.float32) / np.maximum(ground.astype(np.float32), 1)
