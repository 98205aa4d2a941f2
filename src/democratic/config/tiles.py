"""Where map tiles come from: one address in HTTPS, whose authors are named beside the map."""

import re
from urllib.parse import urlsplit

from democratic.config.server.errors import CannotStart

_PARTS = ("{z}", "{x}", "{y}")


def tiles_origin(url: str, attribution: str) -> str:
    """What the policy of pages lets images come from; empty without tiles."""
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme != "https" or not re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?", parts.netloc):
        raise CannotStart("DEMOCRATIC_TILES : https://…/{z}/{x}/{y}.png, chez un hôte sans variable")
    if any(part not in parts.path for part in _PARTS):
        raise CannotStart("DEMOCRATIC_TILES : il y faut {z}, {x} et {y}")
    if not attribution.strip():
        raise CannotStart("DEMOCRATIC_TILES_ATTRIBUTION : dites de qui est le fond de carte")
    return f"https://{parts.netloc}"
