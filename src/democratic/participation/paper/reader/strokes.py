"""What a pen leaves in a box, told from a dot, dust and a smear. Parts of the inside's side."""

from typing import Any, NamedTuple

import cv2
import numpy as np

SPAN = 0.78  # a sign goes from one side of its box to the other, or nearly
SOLID, BENT_SPAN = 0.78, 0.5
SLENDER, SLENDER_SPAN = 3.6, 0.5


class Stroke(NamedTuple):
    """``span``: its longer side; ``solid``: the part of its hull that is ink; ``slender``: length² over area."""

    span: float
    solid: float
    slender: float

    @property
    def is_drawn(self) -> bool:
        """A shorter one must bend, as a tick does, or be slender, as a slash: a dot is neither."""
        is_bent = self.span >= BENT_SPAN and self.solid < SOLID
        is_slender = self.span >= SLENDER_SPAN and self.slender >= SLENDER
        return self.span >= SPAN or is_bent or is_slender


def longest_stroke(inside: Any) -> Stroke:
    """Of what is joined: dust is many, a sign is one."""
    _count, labels, found, _centres = cv2.connectedComponentsWithStats(np.ascontiguousarray(inside))
    sides = found[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    if not sides.size:
        return Stroke(0, 1, 0)
    at = 1 + int(sides.max(axis=1).argmax())
    area = float(found[at, cv2.CC_STAT_AREA])
    hull = cv2.convexHull(np.argwhere(labels == at).astype(np.int32))
    filled = cv2.fillConvexPoly(np.zeros(inside.shape, np.uint8), hull[:, :, ::-1], 1)
    return Stroke(
        span=float(sides[at - 1].max()) / min(inside.shape),
        solid=area / float(filled.sum()),
        slender=float((sides[at - 1].astype(float) ** 2).sum()) / area,
    )


def steepness(even: Any) -> Any:
    """How fast the brightness changes, a pixel."""
    return cv2.magnitude(
        cv2.Sobel(even, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(even, cv2.CV_32F, 0, 1, scale=1 / 8)
    )
