"""Two figures that no chart grammar knows: a gauge along the thread, and voices that meet. Pure, and at once."""

from democratic.web.charts.chart import Chart, Gauge, Part, Strands
from democratic.web.charts.forms import WIDE, Form
from democratic.web.charts.palette import Palette
from democratic.web.charts.sheet import fitted, sheet, word
from democratic.web.drawings import GOLDEN, voices_per_strand

_TRACK, _GAP, _ROW = 30.0, 3.0, 42.0  # the gauge, between its parts, and one line under it
_LEAST_ROW, _TALLEST = 34.0, 260.0  # of strands: room for one word, and for all the voices
_NEAREST = 3.2  # between two strands


def by_hand(chart: Chart, form: Form) -> str:
    """TypeError for what is drawn otherwise."""
    if isinstance(chart.drawing, Gauge):
        marks, height = _gauge(chart.drawing, form)
    elif isinstance(chart.drawing, Strands):
        marks, height = _strands(chart.drawing, form)
    else:
        raise TypeError(chart.key)
    return sheet(chart, form, marks, height)


def _gauge(gauge: Gauge, form: Form) -> tuple[str, float]:
    """The line, and under it one row a part: its piece stands below the piece that it names."""
    parts = [part for part in gauge.parts if part.n]
    all_ = sum(part.n for part in parts) or 1
    room = form.width - 2 - _GAP * (len(parts) - 1)
    drawn, x, y = [], 1.0, 4.0
    for row, part in enumerate(parts):
        wide, line = room * part.n / all_, y + _TRACK + 24 + row * _ROW
        colour = _colour(part.state, form.palette)
        drawn += [
            _piece(part, (x, y, wide), form.palette),
            word(0, line + 12, fitted(part.label, form.width - 70)),
            word(form.width, line + 12, part.shown, end=True, bold=True),
            f'<path d="M0 {line + 24:g}H{form.width}" stroke="{form.palette.line}" stroke-width="2"/>',
            f'<path d="M{x:.1f} {line + 24:g}h{wide:.1f}" stroke="{colour}" stroke-width="5"/>',
        ]
        x += wide + _GAP
    return "".join(drawn), y + _TRACK + 24 + len(parts) * _ROW - 8


def _piece(part: Part, at: tuple[float, float, float], palette: Palette) -> str:
    """The shape says it before the colour: full, half, hollow, dashed, slack, cut, passed on."""
    x, y, wide = at
    colour, low, middle = _colour(part.state, palette), y + _TRACK, y + _TRACK / 2
    dashes = ' stroke-dasharray="5 4"' if part.state == "due" else ""
    fill = colour if part.state == "kept" else palette.paper
    drawn = (
        f'<rect x="{x:.1f}" y="{y:g}" width="{wide:.1f}" height="{_TRACK:g}" rx="4" fill="{fill}" stroke="{colour}"'
        f' stroke-width="2"{dashes}/>'
    )
    line = f'fill="none" stroke="{colour}" stroke-width="2.5"'
    if part.state == "part":
        return drawn + f'<path d="M{x:.1f} {middle:g}h{wide:.1f}V{low:g}h{-wide:.1f}z" fill="{colour}"/>'
    if part.state == "late":
        waves = max(1, round(wide / 28))
        step = wide / waves / 4
        wave = f"q{step:.1f} -9 {2 * step:.1f} 0t{2 * step:.1f} 0" * waves
        return drawn + f'<path d="M{x:.1f} {middle:g}{wave}" {line}/>'
    if part.state in ("unkept", "withdrawn"):
        half, c = min(8.0, wide / 4), x + wide / 2
        cuts = f"M{c - half:.1f} {low - 6:g}L{c + half:.1f} {y + 6:g}"
        if part.state == "withdrawn":
            cuts += f"M{c - half:.1f} {y + 6:g}L{c + half:.1f} {low - 6:g}"
        return drawn + f'<path d="{cuts}" {line}/>'
    return drawn


def _colour(state: str, palette: Palette) -> str:
    return {
        "late": palette.late_mark,
        "unkept": palette.unkept,
        "withdrawn": palette.unkept,
        "passed": palette.passed,
    }.get(state, palette.thread)


def _strands(strands: Strands, form: Form) -> tuple[str, float]:
    """Each bundle begins beside its word; all meet in one knot, and go on as one thick thread."""
    share = voices_per_strand(bundle.n for bundle in strands.bundles)
    counts = [-(-bundle.n // share) for bundle in strands.bundles]
    step = min(_NEAREST, _TALLEST / max(1, sum(counts)))
    rows = [max(_LEAST_ROW, n * step + 12) for n in counts]
    words, after = (190.0, 96.0) if form.width == WIDE else (184.0, 66.0)
    knot = (form.width - after, sum(rows) / 2)
    drawn, top, index = [], 0.0, 0
    for bundle, n, row in zip(strands.bundles, counts, rows, strict=True):
        first = top + (row - (n - 1) * step) / 2
        lines = []
        for at in range(n):
            index += 1
            lines.append(_strand(words, first + at * step, knot, index))
        drawn.append(_paths("".join(lines), form.palette))
        middle = top + row / 2 + 6
        drawn.append(word(0, middle, bundle.shown, bold=True))
        indent = 10 + 10 * len(bundle.shown)
        drawn.append(word(indent, middle, fitted(bundle.label, words - indent - 8)))
        top += row
    x, y = knot
    thread = form.palette.thread
    drawn += [
        f'<path d="M{x:g} {y:g}H{form.width - 2}" stroke="{thread}" stroke-width="5" stroke-linecap="round"/>',
        f'<circle cx="{x:g}" cy="{y:g}" r="9" fill="{form.palette.paper}" stroke="{thread}" stroke-width="5"/>',
        word(form.width, y - 18, strands.total, end=True, bold=True),
    ]
    return "".join(drawn), top


def _strand(x: float, y: float, knot: tuple[float, float], index: int) -> str:
    """Golden-ratio bends look scattered and are the same each time, as on the page of the fil."""
    span = knot[0] - x
    out, back = 0.35 + 0.25 * (index * GOLDEN % 1), 0.55 + 0.25 * (index * GOLDEN * 3 % 1)
    return f"M{x:g} {y:.1f}C{x + span * out:.1f} {y:.1f} {x + span * back:.1f} {knot[1]:.1f} {knot[0]:g} {knot[1]:.1f}"


def _paths(d: str, palette: Palette) -> str:
    return f'<path d="{d}" fill="none" stroke="{palette.ink}" stroke-opacity="0.45" stroke-width="0.9"/>'
