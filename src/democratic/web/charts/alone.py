"""SVG that lives away from our pages: with its words, its font, and its own colours."""

import base64
import re
from functools import lru_cache
from html import unescape
from io import BytesIO

from django.utils.html import escape
from fontTools import subset

from democratic.web.charts.lettering import FONTS
from democratic.web.charts.palette import FONT, Palette

_FONT_FILE = FONTS / "atkinson-hyperlegible-next-400.ttf"
_TAG = re.compile(r"<[^>]*>")
_OPENING = re.compile(r"<svg\b[^>]*>")
_CLASS = re.compile(r'\sclass="([^"]*)"')
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def font_face(svg: str) -> str:
    """A picture reads no font of the page that shows it: it brings the letters that it uses, and no other."""
    return _face("".join(sorted(set(unescape(_TAG.sub("", svg))))))


@lru_cache(maxsize=256)
def _face(letters: str) -> str:
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["kern"], name_IDs=[])
    written = BytesIO()
    with subset.load_font(_FONT_FILE, options, dontLoadGlyphNames=True) as font:
        chosen = subset.Subsetter(options)
        chosen.populate(text=letters)
        chosen.subset(font)
        subset.save_font(font, written, options)
    source = f"url(data:font/woff2;base64,{base64.b64encode(written.getvalue()).decode()}) format('woff2')"
    return f"<style>@font-face{{font-family:'Atkinson Hyperlegible Next';font-weight:400 700;src:{source}}}</style>"


def dressed(svg: str, title: str, description: str) -> str:
    """The engine's drawing, with what it shows in words."""
    said = f"<title>{escape(str(title))}</title><desc>{escape(str(description))}</desc>{font_face(svg)}"
    opening = _OPENING.match(svg)
    if opening is None:
        raise ValueError("not an SVG")
    return f'{opening[0][:-1]} role="img">{said}{svg[opening.end() :]}'


def standalone(svg: str, palette: Palette) -> str:
    """A picture of ours with the colours that the style sheet gives it on a page."""
    paint = _paint(palette)
    text = _CLASS.sub(lambda found: _attributes(found[1].split(), paint), svg)
    text = text.replace("<text ", f'<text font-size="15" fill="{palette.ink}" ').strip()
    text = re.sub(r'(<text [^>]*?)\sfill="[^"]*"([^>]*\sfill=)', r"\1\2", text)
    box = _BOX.search(text)
    opening = _OPENING.match(text)
    if box is None or opening is None:
        raise ValueError("not a picture of ours")
    width, height = box.groups()
    named = f' xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="{FONT}">'
    title = re.match(r"\s*<title.*?</title>\s*<desc.*?</desc>", text[opening.end() :], re.DOTALL)
    cut = opening.end() + (title.end() if title else 0)
    ground = f'<rect width="{width}" height="{height}" fill="{palette.paper}"/>'
    return f"{opening[0][:-1]}{named}{text[opening.end() : cut]}{font_face(svg)}{ground}{text[cut:]}"


def _attributes(classes: list[str], paint: dict[str, dict[str, str]]) -> str:
    found: dict[str, str] = {}
    for name in classes:
        found |= paint[name]
    return "".join(f' {name}="{value}"' for name, value in found.items())


def _paint(p: Palette) -> dict[str, dict[str, str]]:
    """What ``css/flow.css`` says of each class."""
    hollow = {"fill": p.paper}
    return {
        "flow-head": {"font-weight": "600", "fill": p.ink_2},
        "flow-label": {},
        "flow-soft": {"font-size": "14", "fill": p.ink_2},
        "flow-strand": {"fill": "none", "stroke": p.thread, "stroke-opacity": "0.4"},
        "flow-strand--owed": {"stroke-dasharray": "3 7", "stroke-opacity": "0.8"},
        "flow-strand--late": {"stroke": p.late_mark, "stroke-opacity": "0.9"},
        "flow-knot": {"fill": p.thread, "stroke": p.thread, "stroke-width": "2"},
        "flow-knot--kept": {},
        "flow-knot--part": hollow,
        "flow-knot--doing": hollow,
        "flow-knot--due": {**hollow, "stroke-dasharray": "3 4"},
        "flow-knot--late": {**hollow, "stroke": p.late_mark},
        "flow-knot--unkept": {**hollow, "stroke": p.unkept},
        "flow-knot--withdrawn": {**hollow, "stroke": p.unkept},
        "flow-knot--passed": {**hollow, "stroke": p.passed},
    }
