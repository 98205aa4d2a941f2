"""How wide our letters are, for what is drawn before a screen measures it: by our own font, so that no line is cut.

With its kerning, which brings some letters closer and others apart: no table of widths says that.
"""

from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).with_name("fonts")
# Atkinson Hyperlegible Next at its usual weight, a thousand units high. Another sign is drawn by another font.
_FONT = ImageFont.truetype(FONTS / "atkinson-hyperlegible-next-400.ttf", 1000)
_OURS = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    "éèêëàâäîïôöùûüÿçœæÉÈÊËÀÂÎÏÔÙÛÜÇŒÆ \u00a0\u202f'’.,:;·!?()/“”«»-–—+&@%"
)
_ANY = 1040  # as the widest of ours
_MARGIN = 1.01  # browsers know more pairs of letters than we read

SIZE, LEADING = 17, 20  # of the words in a figure, and from one line to the next
_STEP = 8  # how closely lines are made alike


def width_of(text: str, size: float = SIZE) -> float:
    ours = "".join(sign for sign in text if sign in _OURS)
    return (_FONT.getlength(ours) * _MARGIN + _ANY * (len(text) - len(ours))) * size / 1000


def lines_of(text: str, room: float, size: float = SIZE) -> list[str]:
    """The text on as few lines as it needs, each about as long as the others: no word is left alone."""
    lines = _filled(text, room, size)
    while len(lines) > 1 and len(closer := _filled(text, room - _STEP, size)) == len(lines):
        lines, room = closer, room - _STEP
    return lines


def _filled(text: str, room: float, size: float) -> list[str]:
    """A word that is wider than the room is broken where it must be."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(longer, size) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for sign in word:
            if lines[-1] and width_of(lines[-1] + sign, size) > room:
                lines.append("")
            lines[-1] += sign
    return lines
