"""Colours that can be read: contrast as WCAG 2.2 defines it (relative luminance, ratio of 1 to 21)."""

import colorsys
import re

_HEX = re.compile(r"#[0-9a-f]{6}")
_STEPS = 200


def is_colour(text: str) -> bool:
    return bool(_HEX.fullmatch(text))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", from 0 (black) to 1 (white)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]  # noqa: PLR2004  WCAG's own numbers
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def darkened(colour: str, *, on: str, ratio: float) -> str:
    """The same hue, as light as it can be and still read on ``on``; the colour itself when it already does."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    tried = colour
    for step in range(_STEPS + 1):
        if contrast(tried, on) >= ratio:
            break
        red, green, blue = colorsys.hls_to_rgb(hue, lightness * (1 - step / _STEPS), saturation)
        tried = "#" + "".join(f"{round(c * 255):02x}" for c in (red, green, blue))
    return tried
