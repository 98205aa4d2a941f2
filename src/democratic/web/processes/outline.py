"""The territory's drawing: its outline, and the thread through the places where people spoke.

Only a territory whose outline is known gets one: nothing is drawn that carries no place.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from django.utils.translation import gettext as _

from democratic.thread.models import Authority
from democratic.web.formats import number

SMALLEST, LARGEST = 7, 24
NAME_HEIGHT, NEAR = 31, 20


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the outline (units of img/territoire.svg) and where its name stands on the home page.

    The circle's area is the share of the voices said there; ``name_y`` is above it, or below as on the home page.
    """

    name: str
    x: int
    y: int
    label_x: int
    label_y: int
    anchor: str = "start"
    voices: int = 0
    radius: int = SMALLEST

    @property
    def name_y(self) -> int:
        is_below = self.label_y > self.y + NEAR
        return self.y + self.radius + NAME_HEIGHT if is_below else self.y - self.radius - 9


# The fictional territory, in the order in which the thread passes.
_SPOTS = (
    Spot("Vaubrun", 214, 318, 196, 296, "middle"),
    Spot("Clairvoie", 332, 322, 346, 352),
    Spot("Montsec", 466, 214, 484, 202),
    Spot("Les Forges", 552, 352, 572, 360),
    Spot("Saint-Maurin", 392, 446, 410, 470),
)


def spots_of(authority: Authority, by_place: Counter[str]) -> list[Spot]:
    """A full knot where people have spoken, a ring where nobody has been heard yet."""
    if not authority.is_demo:
        return []
    heard = {spot.name: _heard(spot.name, by_place) for spot in _SPOTS}
    most = max(heard.values()) or 1
    return [replace(spot, voices=heard[spot.name], radius=_radius(heard[spot.name], most)) for spot in _SPOTS]


def spots_in_words(spots: Sequence[Spot]) -> str:
    said = ", ".join(f"{spot.name} {number(spot.voices)}" for spot in spots)
    return _("Voix par lieu : %(said)s.") % {"said": said}


def _heard(name: str, by_place: Counter[str]) -> int:
    """« Gare de Vaubrun » is said in Vaubrun."""
    return sum(n for place, n in by_place.items() if name.casefold() in place.casefold())


def _radius(voices: int, most: int) -> int:
    return max(SMALLEST, round(LARGEST * sqrt(voices / most)))
