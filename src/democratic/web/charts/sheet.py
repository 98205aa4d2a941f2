"""The paper under a figure drawn by hand: its title and numbers where it goes away alone, and its words."""

import textwrap
from collections.abc import Iterable, Sequence

from django.utils.html import escape

from democratic.web.charts.chart import Chart
from democratic.web.charts.forms import Form
from democratic.web.charts.lettering import LEADING, SIZE
from democratic.web.charts.palette import FONT, Palette

EDGE = 24
_TITLE, _SMALL = (22, 28, 54), (14, 19, 84)  # size, line, characters to a line


def sheet(chart: Chart, form: Form, marks: str, height: float) -> str:
    """``marks`` fill ``form.width`` by ``height``."""
    edge = EDGE if form.is_alone else 0
    said, top = _head(chart, form.palette) if form.is_alone else ("", 0.0)
    width, whole = form.width + 2 * edge, height + top + 2 * edge
    ground = f'<rect width="100%" height="100%" fill="{form.palette.paper}"/>' if form.is_alone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{whole:g}"'
        f' viewBox="0 0 {width:g} {whole:g}" font-family="{FONT}" font-size="{SIZE}" fill="{form.palette.ink}">'
        f'{ground}<g transform="translate({edge} {edge})">{said}<g transform="translate(0 {top:g})">{marks}</g></g></svg>'
    )


def word(x: float, y: float, text: str, *, end: bool = False, bold: bool = False) -> str:
    more = (' text-anchor="end"' if end else "") + (' font-weight="600"' if bold else "")
    return f'<text x="{x:g}" y="{y:g}"{more}>{escape(text)}</text>'


def label(x: float, y: float, lines: Sequence[str]) -> str:
    """``y``: of the first of its lines."""
    return "".join(word(x, y + at * LEADING, line) for at, line in enumerate(lines))


def _head(chart: Chart, palette: Palette) -> tuple[str, float]:
    """The lines, and how high they are together."""
    y, drawn = 0.0, []
    for text, (size, line, most), more in (
        (chart.finding, _TITLE, ' font-weight="600"'),
        (chart.n, _SMALL, f' fill="{palette.ink_2}"'),
        (chart.source, _SMALL, f' fill="{palette.ink_2}"'),
    ):
        for each in _lines(str(text), most):
            y += line
            drawn.append(f'<text y="{y - line + size:g}" font-size="{size}"{more}>{escape(each)}</text>')
        y += 4
    return "".join(drawn), y + 18


def _lines(text: str, most: int) -> Iterable[str]:
    return textwrap.wrap(text, most)
