"""Which authority a request is for: by host, or the only one of the installation."""

import time

from democratic.thread.models import Authority

_KEPT_SECONDS = 5.0
_kept: dict[str, tuple[float, Authority | None]] = {}


def authority_of(host: str) -> Authority | None:
    """Kept a few seconds in this process: an authority's name changes about once in its life."""
    name = host.rsplit(":", 1)[0].lower()
    kept = _kept.get(name)
    if kept and time.monotonic() - kept[0] < _KEPT_SECONDS:
        return kept[1]
    found = (
        Authority.objects.filter(host=name).first()
        or Authority.objects.filter(host="").order_by("pk").first()
    )
    if len(_kept) > 100:  # noqa: PLR2004  hosts are chosen by the client: never more than a hundred kept
        _kept.clear()
    _kept[name] = (time.monotonic(), found)
    return found


def forget_kept() -> None:
    _kept.clear()
