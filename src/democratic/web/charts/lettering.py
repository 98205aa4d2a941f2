"""How wide our letters are, for what is drawn before a screen measures it: rounded up, so that no line is cut."""

# In thousandths of the size, of Atkinson Hyperlegible Next at its usual weight: a test compares with the font.
_WIDTHS = {
    160: "'", 240: "’.,:;·", 280: "ijl \u00a0îï", 320: "f!()", 360: "rt", 400: "I-“”/", 440: "1", 480: "svyz?",
    520: "ckxJ7–ç", 560: "aeghnouFLT2éèêëàâôöùûü", 600: "bdpqEPSVY3569«»ÉÈ", 640: "ABKRXZ48À+", 680: "CD0Ç",
    720: "wGHNOU", 760: "Q&", 800: "@", 840: "M—", 880: "mWæ", 920: "%", 960: "œ",
}  # fmt: skip
_OF = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_ANY = 1040  # a sign that was not measured: as the widest of them

SIZE, LEADING = 17, 20  # of the words in a figure, and from one line to the next
_STEP = 8  # how closely lines are made alike


def width_of(text: str, size: float = SIZE) -> float:
    return sum(_OF.get(sign, _ANY) for sign in text) * size / 1000


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
