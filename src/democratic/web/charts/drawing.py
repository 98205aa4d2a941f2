"""Drawn once for a hundred readers, and kept: one place a figure and language, so that it never grows."""

import base64
import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

from democratic.web.charts.alone import dressed, standalone
from democratic.web.charts.by_hand import by_hand
from democratic.web.charts.chart import Chart, Gauge, Own, Strands
from democratic.web.charts.forms import FORMS
from democratic.web.charts.lettering import FONTS
from democratic.web.charts.palette import DARK, LIGHT, PRINT
from democratic.web.charts.slots import CannotDraw, Slot, once
from democratic.web.charts.specs import spec_of

logger = logging.getLogger(__name__)

PROGRAM = Path(__file__).with_name("renderer.py")
LONGEST = 30.0  # seconds
PICTURE = "figure.png"


def svg_of(chart: Chart, form: str, language: str, scope: str) -> str:
    """One of FORMS. CannotDraw."""
    if isinstance(chart.drawing, Own):
        palette = {"large-nuit.svg": DARK, "etroit-nuit.svg": DARK, "large.svg": LIGHT, "etroit.svg": LIGHT}
        return standalone(chart.drawing.svg, palette.get(form, PRINT))
    if isinstance(chart.drawing, Gauge | Strands):
        return dressed(by_hand(chart, FORMS[form]), chart.finding, chart.description)
    slot = Slot(f"{scope}:{chart.key}:{language}", chart.digest)
    drawn = once(slot, lambda: _draw_all(chart))
    return dressed(drawn[form], chart.finding, chart.description)


def png_of(chart: Chart, language: str, scope: str) -> bytes:
    slot = Slot(f"{scope}:{chart.key}:{language}:png", chart.digest)
    kept = once(slot, lambda: {PICTURE: run({}, svg_of(chart, "figure.svg", language, scope))["png"]})
    return base64.b64decode(kept[PICTURE])


def is_kept(chart: Chart, language: str, scope: str) -> bool:
    """Whether its picture was made already: asking for it again costs nothing."""
    return Slot(f"{scope}:{chart.key}:{language}:png", chart.digest).read() is not None


def _draw_all(chart: Chart) -> dict[str, Any]:
    drawn: dict[str, Any] = run({name: spec_of(chart, form) for name, form in FORMS.items()})["svg"]
    return drawn


def run(specs: dict[str, Any], png: str = "") -> dict[str, Any]:
    """Start the program on this, and wait for it."""
    words = [sys.executable, "-I", str(PROGRAM), str(FONTS)]
    asked = json.dumps({"specs": specs, "png": png}).encode()
    try:
        done = subprocess.run(words, input=asked, capture_output=True, timeout=LONGEST, check=True, env={})  # noqa: S603
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as fault:
        logger.warning("a figure cannot be drawn: %s", type(fault).__name__)
        raise CannotDraw from fault
    return answer
