"""Two figures that no chart grammar knows: a gauge along the thread, and voices that meet. Pure, and at once."""

from dataclasses import dataclass

from democratic.web.charts.chart import Chart, Gauge, Part, Strands
from democratic.web.charts.forms import WIDE, Form
from democratic.web.charts.lettering import LEADING, lines_of
from democratic.web.charts.palette import Palette
from democratic.web.charts.sheet import label, sheet, word
from democratic.web.drawings import GOLDEN, voices_per_strand

_TOP, _TRACK, _GAP, _ROW = 4.0, 30.0, 3.0, 42.0  # of the gauge: above it, it, between parts, one row below
_LEAST_ROW, _TALLEST = 34.0, 260.0  # of strands: room for one word, and for all the voices
_NEAREST = 3.2  # between two strands


def by_hand(chart: Chart, form: Form) -> str:
    """TypeError for what is drawn otherwise."""
    if isinstance(chart.drawing, Gauge):
        marks = _gauge(chart.drawing, form)
    elif isinstance(chart.drawing, Strands):
        marks = _strands(chart.drawing, form)
    else:
        raise TypeError(chart.key)
    return sheet(chart, form, marks, height_by_hand(chart.drawing, form))


def height_by_hand(held: Gauge | Strands, form: Form) -> float:
    """How high the marks are, without drawing them."""
    if isinstance(held, Gauge):
        rows = (_ROW + LEADING * (len(lines) - 1) for _part, lines in _rows(held, form))
        return _TOP + _TRACK + 24 + sum(rows) - 8
    return sum(bundle.height for bundle in _bundles(held, form))


def _rows(gauge: Gauge, form: Form) -> list[tuple[Part, list[str]]]:
    """Each part that holds something, and its word, line by line."""
    return [(part, lines_of(part.label, form.width - 70)) for part in gauge.parts if part.n]


def _gauge(gauge: Gauge, form: Form) -> str:
    """The line, and under it one row a part: its piece stands below the piece that it names."""
    rows = _rows(gauge, form)
    all_ = sum(part.n for part, _lines in rows) or 1
    room = form.width - 2 - _GAP * (len(rows) - 1)
    drawn, x, top = [], 1.0, _TOP + _TRACK + 24
    for part, lines in rows:
        wide, foot = room * part.n / all_, top + 24 + LEADING * (len(lines) - 1)
        colour = _colour(part.state, form.palette)
        drawn += [
            _piece(part, (x, _TOP, wide), form.palette),
            label(0, top + 12, lines),
            word(form.width, top + 12, part.shown, end=True, bold=True),
            f'<path d="M0 {foot:g}H{form.width}" stroke="{form.palette.line}" stroke-width="2"/>',
            f'<path d="M{x:.1f} {foot:g}h{wide:.1f}" stroke="{colour}" stroke-width="5"/>',
        ]
        x, top = x + wide + _GAP, foot - 24 + _ROW
    return "".join(drawn)


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


@dataclass(frozen=True, slots=True)
class _Bundle:
    """One row of strands: its number and its word, how many strands it draws, how far apart, how high it is."""

    shown: str
    lines: list[str]
    indent: int
    n: int
    step: float
    height: float


def _words_of_strands(form: Form) -> float:
    """How far the words go, before the strands begin."""
    return 190.0 if form.width == WIDE else 184.0


def _bundles(strands: Strands, form: Form) -> list[_Bundle]:
    share = voices_per_strand(bundle.n for bundle in strands.bundles)
    counts = [-(-bundle.n // share) for bundle in strands.bundles]
    step = min(_NEAREST, _TALLEST / max(1, sum(counts)))
    rows = []
    for bundle, n in zip(strands.bundles, counts, strict=True):
        indent = 10 + 10 * len(bundle.shown)
        lines = lines_of(bundle.label, _words_of_strands(form) - indent - 8)
        height = max(_LEAST_ROW + LEADING * (len(lines) - 1), n * step + 12)
        rows.append(_Bundle(bundle.shown, lines, indent, n, step, height))
    return rows


def _strands(strands: Strands, form: Form) -> str:
    """Each bundle begins beside its word; all meet in one knot, and go on as one thick thread."""
    bundles, words = _bundles(strands, form), _words_of_strands(form)
    knot = (form.width - (96.0 if form.width == WIDE else 66.0), height_by_hand(strands, form) / 2)
    drawn, top, index = [], 0.0, 0
    for bundle in bundles:
        first = top + (bundle.height - (bundle.n - 1) * bundle.step) / 2
        lines = []
        for at in range(bundle.n):
            index += 1
            lines.append(_strand(words, first + at * bundle.step, knot, index))
        drawn.append(_paths("".join(lines), form.palette))
        start = top + bundle.height / 2 + 6 - LEADING * (len(bundle.lines) - 1) / 2
        drawn.append(word(0, start, bundle.shown, bold=True))
        drawn.append(label(bundle.indent, start, bundle.lines))
        top += bundle.height
    x, y = knot
    thread = form.palette.thread
    drawn += [
        f'<path d="M{x:g} {y:g}H{form.width - 2}" stroke="{thread}" stroke-width="5" stroke-linecap="round"/>',
        f'<circle cx="{x:g}" cy="{y:g}" r="9" fill="{form.palette.paper}" stroke="{thread}" stroke-width="5"/>',
        word(form.width, y - 18, strands.total, end=True, bold=True),
    ]
    return "".join(drawn)


def _strand(x: float, y: float, knot: tuple[float, float], index: int) -> str:
    """Golden-ratio bends look scattered and are the same each time, as on the page of the fil."""
    span = knot[0] - x
    out, back = 0.35 + 0.25 * (index * GOLDEN % 1), 0.55 + 0.25 * (index * GOLDEN * 3 % 1)
    return f"M{x:g} {y:.1f}C{x + span * out:.1f} {y:.1f} {x + span * back:.1f} {knot[1]:.1f} {knot[0]:g} {knot[1]:.1f}"


def _paths(d: str, palette: Palette) -> str:
    return f'<path d="{d}" fill="none" stroke="{palette.ink}" stroke-opacity="0.45" stroke-width="0.9"/>'
