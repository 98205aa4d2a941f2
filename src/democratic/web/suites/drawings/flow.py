"""Where each voice went, as strands between columns: pure geometry, in the units of the picture (960 wide)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH = 960.0
TOP = 52.0  # below the heads
BAR = 10.0
GAP = 14.0
LABEL = 36.0  # two lines of words: a node never takes less
TALLEST = 380.0  # what all the voices take, standing on each other
WIDEST = 8.0  # of one voice
THINNEST = 1.5


@dataclass(frozen=True, slots=True)
class Node:
    """``n``: how many voices pass through it; ``state``: its shape, one of the commitment's or answer's."""

    key: str
    column: int
    label: str
    detail: str
    n: float
    state: str = ""


@dataclass(frozen=True, slots=True)
class Strand:
    source: str
    target: str
    n: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn node: its box, and where its words begin."""

    node: Node
    x: float
    y: float
    height: float

    @property
    def label_x(self) -> float:
        return self.x + BAR + 7

    @property
    def label_y(self) -> float:
        """The first line's; a second one, where there is one, follows below it."""
        return self.y + self.height / 2 + (-3 if self.node.detail else 5)


@dataclass(frozen=True, slots=True)
class Path:
    strand: Strand
    d: str
    width: float


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    heads: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    paths: tuple[Path, ...]


def draw_flow(
    columns: Sequence[tuple[float, str]], nodes: Sequence[Node], strands: Sequence[Strand]
) -> Picture:
    """``columns``: where each begins (0 to 960), and its head. Widths are voices, on one scale throughout."""
    scale = _scale(nodes)
    slots = {node.key: max(node.n * scale, LABEL) for node in nodes}
    by_column: dict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        by_column[node.column].append(node)
    heights = [
        sum(slots[node.key] for node in group) + GAP * (len(group) - 1) for group in by_column.values()
    ]
    tallest = max(heights, default=0.0)
    bars: dict[str, Bar] = {}
    for (at, group), height in zip(by_column.items(), heights, strict=True):
        y = TOP + (tallest - height) / 2
        for node in group:
            own = max(node.n * scale, THINNEST)
            bars[node.key] = Bar(node, columns[at][0], y + (slots[node.key] - own) / 2, own)
            y += slots[node.key] + GAP
    return Picture(
        WIDTH,
        round(TOP + tallest + GAP, 1),
        tuple(columns),
        tuple(bars.values()),
        tuple(_paths(bars, strands, scale)),
    )


def _scale(nodes: Sequence[Node]) -> float:
    columns: dict[int, float] = defaultdict(float)
    for node in nodes:
        columns[node.column] += node.n
    most = max(columns.values(), default=0.0)
    return min(WIDEST, TALLEST / most) if most > 0 else WIDEST


def _paths(bars: Mapping[str, Bar], strands: Sequence[Strand], scale: float) -> list[Path]:
    """Strands leave and arrive in the order of the bars that they join, so that few of them cross."""
    left: dict[str, float] = {key: bar.y for key, bar in bars.items()}
    right = dict(left)
    order = sorted(strands, key=lambda one: (bars[one.source].y, bars[one.target].y))
    starts: dict[int, float] = {}
    for strand in order:
        starts[id(strand)] = right[strand.source]
        right[strand.source] += strand.n * scale
    paths = []
    for strand in sorted(order, key=lambda one: (bars[one.target].y, bars[one.source].y)):
        source, target, wide = bars[strand.source], bars[strand.target], strand.n * scale
        x0, x1 = source.x + BAR, target.x
        y0, y1 = starts[id(strand)] + wide / 2, left[strand.target] + wide / 2
        left[strand.target] += wide
        middle = (x0 + x1) / 2
        curve = f"M{x0:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        paths.append(Path(strand, curve, round(max(wide, THINNEST), 2)))
    return paths
