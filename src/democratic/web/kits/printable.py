"""Words as our fonts can print them: PDF/UA refuses a sign that its font does not draw."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TypeAlias, Union

from fontTools.ttLib import TTFont

from democratic.web.charts.lettering import FONTS as TEXT_FONTS

SERIF_FONTS = Path(__file__).with_name("fonts")
FONTS = (TEXT_FONTS, SERIF_FONTS)
OURS_DRAW = ("atkinson-hyperlegible-next", "young-serif")
OTHERS_DRAW = ("vazirmatn", "noto-sans-hebrew")

LONGEST = 28  # signs in one word: beyond, it may be cut anywhere
_LONG_WORD = re.compile(rf"[^\s\u00ad-]{{{LONGEST},}}")
_ALIKE = str.maketrans({"\u202f": "\u00a0", "\u2010": "-", "\u2011": "-", "\u2212": "−", "\r": "", "\t": " "})
Json: TypeAlias = Union[str, float, bool, "dict[str, Json]", "list[Json]", None]

OURS = frozenset({"svg", "address"})
UNREAD = "…"  # stands for letters that none of our fonts has


@cache
def drawn_signs() -> frozenset[str]:
    """Those that our letters draw in running text and in titles alike, or those of another script at each weight."""
    files = [path for each in FONTS for path in each.glob("*.ttf")]
    drawn = set()
    for names in (OURS_DRAW, *((script,) for script in OTHERS_DRAW)):
        drawn |= set.intersection(*(_signs_of(path) for path in files if path.name.startswith(names)))
    return frozenset(map(chr, drawn)) | {"\n"}


def _signs_of(path: Path) -> set[int]:
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


def printable(text: str) -> str:
    """Signs without a drawing give way to the letter under their accents, to nothing, or to an ellipsis."""
    plain = text.translate(_ALIKE)
    drawn = drawn_signs()
    if not drawn.issuperset(plain):
        plain = "".join(
            sign if sign in drawn else _nearest(sign) for sign in unicodedata.normalize("NFC", plain)
        )
        plain = re.sub(f"{UNREAD}(?:[ {UNREAD}]*{UNREAD})?", UNREAD, plain)
    return _LONG_WORD.sub(lambda found: _cut(found[0]), plain)


def _nearest(sign: str) -> str:
    known = "".join(part for part in unicodedata.normalize("NFKD", sign) if part in drawn_signs())
    if known and unicodedata.category(sign)[0] in "LNPZ":
        return known
    return UNREAD if unicodedata.category(sign)[0] in "LN" else ""


def _cut(word: str) -> str:
    """With places where a line may end; an address keeps its own signs, and is cut as any other word."""
    return "\u00ad".join(word[start : start + 14] for start in range(0, len(word), 14))


def printable_in(data: Json) -> Json:
    """The same for every text of a JSON value, but for drawings and addresses, which are ours."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: value if key in OURS else printable_in(value) for key, value in data.items()}
    if isinstance(data, list):
        return [printable_in(each) for each in data]
    return data
