"""Sheets that were folded in three like a letter, and are photographed before they are flat again."""

from itertools import pairwise

import cv2
import numpy as np

from scanned_forms import PER_MM

PAGE = (210.0, 297.0)
FOLDS = (99.0, 198.0)  # millimetres from the top
AWAY = 400.0  # millimetres from the camera to the table


def folded(page, heights, *, sideways=0.0, ground=200, shade=0.12):
    """``heights``: of the two folds above the table, in millimetres; both up is a C, one up and one down a Z.

    Each third is a plane of its own, seen from above the middle of the page: what it looks like is exact. The thirds
    that slope away from the light are darker. ``sideways``: how much one end of each fold is higher than the other.
    """
    lines = [(0.0, 0.0), *zip(FOLDS, heights, strict=True), (PAGE[1], 0.0)]
    around = round(25 * PER_MM)
    size = (page.shape[1] + 2 * around, page.shape[0] + 2 * around)
    seen = np.full(size[::-1], ground, np.uint8)
    down = 0.0
    for (top, high), (bottom, low) in pairwise(lines):
        deep = bottom - top
        flat = np.sqrt(max(deep**2 - (low - high) ** 2, 1.0))
        corners = np.float32([[0, top], [PAGE[0], top], [PAGE[0], bottom], [0, bottom]])
        places = [
            _projected(x, y, z) for x, y, z in (
                (0, down, high), (PAGE[0], down, high * (1 + sideways)),
                (PAGE[0], down + flat, low * (1 + sideways)), (0, down + flat, low),
            )
        ]  # fmt: skip
        to = np.float32(places) * PER_MM + around
        matrix = cv2.getPerspectiveTransform(corners * PER_MM, to)
        third = np.full_like(page, 255)
        rows = slice(round(top * PER_MM), round(bottom * PER_MM))
        third[rows] = np.clip(page[rows] * (1 - shade * (low > high)), 0, 255)
        warped = cv2.warpPerspective(third, matrix, size, flags=cv2.INTER_AREA)
        mask = np.zeros(size[::-1], np.uint8)
        cv2.fillConvexPoly(mask, np.round(to).astype(np.int32), 1)
        seen[mask == 1] = warped[mask == 1]
        down += flat
    return seen


def _projected(x, y, z):
    """Where a camera above the middle of the page sees it, on the plane of the table."""
    near = AWAY / (AWAY - z)
    return (x - PAGE[0] / 2) * near + PAGE[0] / 2, (y - PAGE[1] / 2) * near + PAGE[1] / 2
