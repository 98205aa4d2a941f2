"""A PDF of ours as tests read it, without a library: its objects, its words, its tags, its colours; its look by poppler."""

import re
import shutil
import subprocess
import zlib
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from PIL import Image

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(
    rb"stream\n(.*?)\nendstream", re.DOTALL
)  # what is compressed may end by a carriage return
_TOKEN = re.compile(
    rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\))*\)|<<|>>|<[0-9A-Fa-f\s]*>|\[|\]|/[^\s/\[\]()<>]+|[^\s/\[\]()<>]+",
    re.DOTALL,
)
_OPERATOR = re.compile(rb"[A-Za-z][A-Za-z0-9*]*|['\"]")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="apt install poppler-utils")


def objects_of(pdf):
    """All that the file says, its compressed parts included, without a space."""
    parts = [pdf]
    for found in _STREAM.finditer(pdf):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return re.sub(rb"\s", b"", b"\n".join(parts))


def objects(pdf):
    """Number to what is written there."""
    return {int(number): said for number, said in _OBJECT.findall(pdf)}


def _inflated(said):
    return zlib.decompress(_STREAM.search(said)[1])


def _named(said, key):
    """The number of the object that this key leads to."""
    found = re.search(rb"/" + key + rb" (\d+) 0 R", said)
    return int(found[1]) if found else 0


@dataclass
class Font:
    name: str
    letters: dict
    widths: dict

    @classmethod
    def read(cls, all_, said):
        letters = {}
        for glyph, text in re.findall(
            rb"<([0-9A-F]{4})> <([0-9A-F]+)>", _inflated(all_[_named(said, b"ToUnicode")])
        ):
            letters[int(glyph, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
        drawn = all_[int(re.search(rb"/DescendantFonts\[(\d+) 0 R\]", said)[1])]
        spans = re.search(rb"/W\[([^\]]*)\]", drawn)[1].split()
        widths = {}
        for first, last, width in zip(spans[::3], spans[1::3], spans[2::3], strict=True):
            widths |= dict.fromkeys(range(int(first), int(last) + 1), float(width))
        name = re.search(rb"/BaseFont/([^/\s]+)", said)[1].decode().split("+")[-1]
        return cls(name, letters, widths)


@dataclass
class Run:
    """One piece of text, where it begins and ends."""

    text: str
    x: float
    y: float
    end: float
    size: float


@dataclass
class Page:
    """What a page draws: runs of text in the order of the file, and every colour that it sets."""

    runs: list = field(default_factory=list)
    colours: list = field(default_factory=list)
    outside_tags: int = 0
    boxes: int = 0  # glyph 0: a letter that the font of its run does not draw


def pages_of(pdf):
    all_ = objects(pdf)
    order = re.search(rb"/Type/Pages/Count \d+/Kids\[([^\]]*)\]", pdf)[1]
    return [_page(all_, all_[int(number)]) for number in re.findall(rb"(\d+) 0 R", order)]


def _page(all_, said):
    resources = all_[_named(said, b"Resources")]
    fonts = {
        name: Font.read(all_, all_[int(number)])
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }
    return _Reader(fonts).read(_inflated(all_[_named(said, b"Contents")]))


class _Reader:
    """The few operators of a page that tell words, where they are, and in which ink."""

    def __init__(self, fonts):
        self.fonts, self.page = fonts, Page()
        self.matrix, self.kept, self.marks = (1, 0, 0, 1, 0, 0), [], 0
        self.text, self.font, self.size = (1, 0, 0, 1, 0, 0), None, 0.0

    def read(self, content):
        given = []
        for token in _TOKEN.findall(content):
            if not _OPERATOR.fullmatch(token):
                given.append(token)
                continue
            if token in _ACTS:
                _ACTS[token](self, given)
            given = []
        return self.page

    def concat(self, given):
        self.matrix = _times(tuple(map(float, given[-6:])), self.matrix)

    def keep(self, _given):
        self.kept.append(self.matrix)

    def restore(self, _given):
        self.matrix = self.kept.pop()

    def choose(self, given):
        self.font, self.size = self.fonts[given[-2][1:]], float(given[-1])

    def place(self, given):
        self.text = tuple(map(float, given[-6:]))

    def colour(self, given):
        self.page.colours.append(tuple(float(each) for each in given if not each.startswith(b"/")))

    def mark(self, _given):
        self.marks += 1

    def unmark(self, _given):
        self.marks -= 1

    def show(self, given):
        at = _times(self.text, self.matrix)
        text, width = "", 0.0
        for token in given:
            if token.startswith(b"("):
                raw = _ESCAPED.sub(_unescaped, token[1:-1])
                glyphs = [int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2)]
                self.page.boxes += glyphs.count(0)
                text += "".join(self.font.letters.get(each, "") for each in glyphs)
                width += sum(self.font.widths.get(each, 0.0) for each in glyphs)
            elif token not in (b"[", b"]"):
                width -= float(token)
        self.page.outside_tags += not self.marks
        self.page.runs.append(Run(text, at[4], at[5], at[4] + width * self.size * at[0] / 1000, self.size))


_ACTS = {
    b"cm": _Reader.concat, b"q": _Reader.keep, b"Q": _Reader.restore, b"Tf": _Reader.choose, b"Tm": _Reader.place,
    b"Tj": _Reader.show, b"TJ": _Reader.show, b"scn": _Reader.colour, b"SCN": _Reader.colour,
    b"rg": _Reader.colour, b"RG": _Reader.colour, b"k": _Reader.colour, b"K": _Reader.colour,
    b"g": _Reader.colour, b"G": _Reader.colour, b"BDC": _Reader.mark, b"BMC": _Reader.mark, b"EMC": _Reader.unmark,
}  # fmt: skip


def _times(one, other):
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _unescaped(found):
    said = found[1]
    return bytes([int(said, 8)]) if said[:1].isdigit() else _LETTERS.get(said, said)


def words_of(pdf):
    """What a reader can select and copy, on one line: a run that does not touch the one before begins another word."""
    said, before = "", None
    for run in (run for page in pages_of(pdf) for run in page.runs):
        touches = before and abs(before.y - run.y) < 1 and abs(before.end - run.x) < run.size / 8
        said += run.text if touches else f" {run.text}"
        before = run
    return " ".join(said.replace("\u00ad", "").split())


def picture_of(pdf, dots=150, page=1):
    words = ["pdftoppm", "-r", str(dots), "-f", str(page), "-l", str(page), "-png", "-"]
    return Image.open(BytesIO(subprocess.run(words, input=pdf, capture_output=True, check=True).stdout))


def fonts_of(pdf):
    return {Font.read(objects(pdf), said).name for said in objects(pdf).values() if b"/Subtype/Type0" in said}
