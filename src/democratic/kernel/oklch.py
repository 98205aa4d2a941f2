"""Colours as the eye orders them: lightness, chroma and hue of OKLCH (Björn Ottosson; CSS Color 4)."""

from math import atan2, cbrt, cos, degrees, hypot, radians, sin
from typing import NamedTuple

Triple = tuple[float, float, float]

_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_LMS = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
_HALVINGS = 24  # of the chroma, until it is one that a screen shows


class Oklch(NamedTuple):
    """``lightness`` from 0 to 1, ``chroma`` from 0 to about 0.37, ``hue`` in degrees."""

    lightness: float
    chroma: float
    hue: float


def oklch_of(colour: str) -> Oklch:
    """Of "#rrggbb"."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    long, medium, short = _times(_TO_LMS, (red, green, blue))
    lightness, a, b = _times(_TO_LAB, (cbrt(long), cbrt(medium), cbrt(short)))
    return Oklch(lightness, hypot(a, b), degrees(atan2(b, a)) % 360)


def shown(wanted: Oklch) -> str:
    """The "#rrggbb" of this lightness and hue whose chroma is the nearest that a screen shows."""
    low, high = 0.0, wanted.chroma
    if _is_shown(_rgb(wanted)):
        return _hex(_rgb(wanted))
    for _each in range(_HALVINGS):
        middle = (low + high) / 2
        if _is_shown(_rgb(wanted._replace(chroma=middle))):
            low = middle
        else:
            high = middle
    return _hex(_rgb(wanted._replace(chroma=low)))


def mixed(one: str, other: str, share: float) -> str:
    """As ``color-mix(in oklab, one share, other)``."""
    first, second = _lab(oklch_of(one)), _lab(oklch_of(other))
    lightness, a, b = (x * share + y * (1 - share) for x, y in zip(first, second, strict=True))
    return shown(Oklch(lightness, hypot(a, b), degrees(atan2(b, a)) % 360))


def apart(one: float, other: float) -> float:
    """Between two hues, in degrees: 180 at most."""
    return abs((one - other + 180) % 360 - 180)


def _lab(colour: Oklch) -> Triple:
    turn = radians(colour.hue)
    return colour.lightness, colour.chroma * cos(turn), colour.chroma * sin(turn)


def _rgb(colour: Oklch) -> Triple:
    long, medium, short = (each**3 for each in _times(_FROM_LAB, _lab(colour)))
    red, green, blue = _times(_FROM_LMS, (long, medium, short))
    return _encoded(red), _encoded(green), _encoded(blue)


def _is_shown(rgb: Triple) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in rgb)  # noqa: PLR2004  an eighth of a step of 8 bits


def _hex(rgb: Triple) -> str:
    return "#" + "".join(f"{round(min(max(channel, 0.0), 1.0) * 255):02x}" for channel in rgb)


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    one, two, three = (sum(x * y for x, y in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  sRGB


def _encoded(channel: float) -> float:
    if channel <= 0.0031308:  # noqa: PLR2004  sRGB
        return channel * 12.92
    return 1.055 * channel ** (1 / 2.4) - 0.055
