"""The sprite: one file of symbols, asked for once by each browser, then kept."""

import re
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static

SPRITE = Path(__file__).parent / "static/web/img/icons.svg"
NAMES = frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))


@lru_cache(maxsize=64)
def asset(path: str) -> str:
    """The address of a file of ``static/web``; looking it up each time costs more than drawing the icon."""
    return static(f"web/{path}")


def symbol(name: str) -> str:
    """What a ``<use>`` points at. A name that is not in the sprite is a mistake of ours: LookupError."""
    if name not in NAMES:
        raise LookupError(f"no symbol {name!r} in img/icons.svg")
    return f"{asset('img/icons.svg')}#{name}"
