"""The drawings of one figure: for which screen, on which ground, with or without its title."""

from dataclasses import dataclass

from democratic.web.charts.palette import DARK, LIGHT, PRINT, Palette

WIDE, NARROW = 640, 328


@dataclass(frozen=True, slots=True)
class Form:
    """How one is drawn: ``is_alone``, with its title and its numbers, away from the page."""

    width: int
    palette: Palette
    is_alone: bool = False


# The files of a figure: on a page, for a small screen, in the dark, and to be taken away.
FORMS = {
    "large.svg": Form(WIDE, LIGHT),
    "etroit.svg": Form(NARROW, LIGHT),
    "large-nuit.svg": Form(WIDE, DARK),
    "etroit-nuit.svg": Form(NARROW, DARK),
    "papier.svg": Form(WIDE, PRINT),
    "figure.svg": Form(WIDE, PRINT, is_alone=True),
}
