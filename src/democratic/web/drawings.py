"""Two pictures made of one path each: the voices that meet, and the code that a phone reads."""

from collections.abc import Iterable
from math import ceil

import segno

WIDTH, HEIGHT = 720, 240
MOST_STRANDS = 400  # beyond, they are one grey mass, and the page grows for nothing
GOLDEN = 0.618034


def voices_per_strand(groups: Iterable[int]) -> int:
    """1 as long as every voice can have its own strand."""
    return max(1, ceil(sum(groups) / MOST_STRANDS))


def strand_paths(groups: tuple[int, ...]) -> list[str]:
    """One path a group: its strands start apart at the top and meet at the lower left (720 by 240)."""
    share = voices_per_strand(groups)
    counts = [ceil(group / share) for group in groups if group > 0]
    gap = 10 if len(counts) > 1 else 0
    step = min(14.0, (WIDTH - 14 - gap * len(counts)) / max(1, sum(counts)))
    paths, x, index = [], 14.0, 0
    for count in counts:
        strands = []
        for _ in range(count):
            index += 1
            # Golden-ratio steps look scattered and are the same each time.
            high, low = 135 + round(25 * (index * GOLDEN % 1)), 74 + round(40 * (index * GOLDEN * 3 % 1))
            strands.append(f"M{x:.4g} 0C{x:.4g} {high} 0 {low} 0 {HEIGHT}")
            x += step
        paths.append("".join(strands))
        x += gap
    return paths


def qr_path(text: str) -> tuple[str, int]:
    """The dark modules as horizontal runs, and the side of the square, in modules, without a margin."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return "".join(runs), len(rows)
