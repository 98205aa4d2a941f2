"""The newest of each topic, as a script reads it: the same from Django and from the entry."""

from collections.abc import Iterable
from typing import Any


def told_in(last: int, rows: Iterable[tuple[int, str, str]]) -> dict[str, Any]:
    """``rows``: number, topic, HTML. ``last`` is where to ask from next time, whoever it was for."""
    told = [{"number": number, "topic": topic, "html": html} for number, topic, html in rows]
    return {"last": last, "told": told}
