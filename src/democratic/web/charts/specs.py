"""Figures as Vega-Lite specifications: data inside, nothing to fetch, and a word beside each mark."""

import json
import textwrap
from typing import Any

from democratic.web.charts.chart import Bars, Chart, Line, Lines
from democratic.web.charts.forms import WIDE, Form
from democratic.web.charts.lettering import LEADING, SIZE, lines_of
from democratic.web.charts.palette import FONT, Palette

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # the name of the language; nothing reads it there
_BAND, _BAR, _VALUE, _PAD = 46, 13, 84, 2
_SMALL, _OVER, _BETWEEN, _AXIS = 46, 4, 14, 20  # of a small drawing: it, under its title, under it, its days


def spec_of(chart: Chart, form: Form) -> Spec:
    """TypeError for a picture of ours, which is no statistic."""
    if isinstance(chart.drawing, Bars):
        drawn = _bars(chart.drawing, form)
    elif isinstance(chart.drawing, Lines):
        drawn = _lines(chart.drawing, form)
    else:
        raise TypeError(chart.key)
    spec: Spec = {"$schema": SCHEMA, "description": chart.description, **drawn}
    spec["padding"] = {"left": 24, "right": 24, "top": 24, "bottom": 24} if form.is_alone else _PAD
    spec["background"] = form.palette.paper if form.is_alone else "transparent"
    spec["config"] = _config(form.palette)
    if form.is_alone:
        spec["title"] = {
            "text": textwrap.wrap(chart.finding, 54),
            "subtitle": [
                line
                for said in (chart.n, chart.source)
                for line in textwrap.wrap(str(said), 84)
            ],
            "anchor": "start", "frame": "group", "offset": 22, "fontSize": 22, "subtitleFontSize": 14,
            "subtitlePadding": 8, "subtitleLineHeight": 19,
        }  # fmt: skip
    return spec


def _config(palette: Palette) -> Spec:
    return {
        "font": FONT,
        "view": {"stroke": None},
        "title": {"color": palette.ink, "subtitleColor": palette.ink_2, "fontWeight": 600},
        "axis": {
            "labelColor": palette.ink_2, "labelFontSize": 16, "domainColor": palette.ink_2, "grid": False,
            "ticks": False, "title": None,
        },
        "text": {"color": palette.ink, "fontSize": SIZE},
    }  # fmt: skip


def _bars(drawing: Bars, form: Form) -> Spec:
    """Its word above each bar and its number at the end of the line: nothing is told by the colour alone."""
    palette = form.palette
    most = max((bar.n for bar in drawing.bars), default=0) or 1
    said = words_of_bars(drawing, form)
    taller = LEADING * (len(said[0]) - 1) if said else 0
    values = [
        {
            "i": i,
            "label": bar.label,
            "lines": said[i],
            "n": bar.n,
            "shown": bar.shown,
            **_paint(bar.tone, palette),
        }
        for i, bar in enumerate(drawing.bars)
    ]
    along: Spec = {"field": "n", "type": "quantitative", "axis": None, "scale": {"domain": [0, most]}}
    colours: Spec = {name: {"field": name, "type": "nominal", "scale": None} for name in ("fill", "stroke")}
    bar = {"type": "bar", "height": _BAR, "yOffset": 12 + taller / 2, "cornerRadius": 3}
    word: Spec = {"type": "text", "dy": taller / 2 - 7, "baseline": "middle"}
    return {
        "width": form.width - 4,
        "height": {"step": _BAND + taller},
        "data": {"values": values},
        "encoding": {"y": {"field": "i", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0}}},
        "layer": [
            {"mark": {**bar, "color": palette.line}, "encoding": {"x": {"datum": most, **_axis(along)}}},
            {"mark": {**bar, "strokeWidth": 2}, "encoding": {"x": along, **colours}},
            {
                "mark": {**word, "dy": word["dy"] - taller, "align": "left", "lineHeight": LEADING},
                "encoding": {"x": {"value": 0}, "text": {"field": "lines"}},
            },
            {
                "mark": {**word, "align": "right", "fontWeight": 600},
                "encoding": {"x": {"value": "width"}, "text": {"field": "shown"}},
            },
        ],
    }


def height_of_bars(drawing: Bars, form: Form) -> float:
    said = words_of_bars(drawing, form)
    return len(said) * (_BAND + LEADING * (len(said[0]) - 1 if said else 0)) + 2 * _PAD


def words_of_bars(drawing: Bars, form: Form) -> list[list[str]]:
    """The lines of each bar's word, as many for all: the last one stands on its bar."""
    said = [lines_of(bar.label, form.width - _VALUE) for bar in drawing.bars]
    most = max(map(len, said), default=1)
    return [[""] * (most - len(lines)) + lines for lines in said]


def _axis(along: Spec) -> Spec:
    return {name: value for name, value in along.items() if name != "field"}


def _paint(tone: str, palette: Palette) -> dict[str, str]:
    """Full, or hollow for what is still open: the shape says it before the colour."""
    colour = {"mark": palette.thread, "late": palette.late_mark, "open-late": palette.late_mark}
    stroke = colour.get(tone, palette.cat_1)
    return {"fill": palette.paper if tone.startswith("open") else stroke, "stroke": stroke}


def _lines(drawing: Lines, form: Form) -> Spec:
    """One small drawing a line, all on one scale: no line is told from another by its colour."""
    most = max((n for line in drawing.lines for n in line.counts), default=0) or 1
    last = len(drawing.lines) - 1
    return {
        "spacing": _BETWEEN,
        "vconcat": [
            _line(drawing, at, most, form, has_axis=at == last) for at, _line_ in enumerate(drawing.lines)
        ],
    }


def height_of_lines(drawing: Lines, form: Form) -> float:
    """Each with its title above it; the axis of days under the last."""
    titles = [LEADING * len(_title_of(line, form)) + _OVER for line in drawing.lines]
    return sum(titles) + len(titles) * (_SMALL + _BETWEEN) - _BETWEEN + _AXIS + 2 * _PAD


def _title_of(line: Line, form: Form) -> list[str]:
    return lines_of(line.label, form.width - 8)


def _line(drawing: Lines, at: int, most: int, form: Form, *, has_axis: bool) -> Spec:
    line, palette = drawing.lines[at], form.palette
    values = [
        {"i": i, "span": span, "n": n}
        for i, (span, n) in enumerate(zip(drawing.spans, line.counts, strict=True))
    ]
    across: Spec = {"field": "i", "type": "ordinal", "axis": _spans_axis(drawing, form) if has_axis else None}
    up: Spec = {"type": "quantitative", "axis": None, "scale": {"domain": [0, most]}}
    return {
        "title": {
            "text": _title_of(line, form), "anchor": "start", "fontSize": SIZE,
            "lineHeight": LEADING, "fontWeight": 400, "offset": _OVER,
        },
        "width": form.width - 8,
        "height": _SMALL,
        "data": {"values": values},
        "encoding": {"x": across},
        "layer": [
            {
                "mark": {"type": "rule", "color": palette.line, "strokeWidth": 2},
                "encoding": {"y": {"datum": 0, **up}, "x": {"value": 0}, "x2": {"value": "width"}},
            },
            {
                "mark": {"type": "bar", "color": palette.cat_1, "cornerRadiusEnd": 2},
                "encoding": {"y": {"field": "n", **up}},
            },
        ],
    }  # fmt: skip


def _spans_axis(drawing: Lines, form: Form) -> Spec:
    """The first and the last day, and one between them where there is room."""
    last = len(drawing.spans) - 1
    shown = sorted({0, last // 2, last} if form.width == WIDE and last > 3 else {0, last})  # noqa: PLR2004
    words = json.dumps({str(at): drawing.spans[at] for at in shown})
    return {
        "values": shown, "labelAngle": 0, "labelExpr": f"({words})[toString(datum.value)]", "domain": False,
        "labelPadding": 6, "labelAlign": {"expr": f"datum.value == 0 ? 'left' : datum.value == {last} ? 'right' : 'center'"}
        if last
        else "left",
    }  # fmt: skip
