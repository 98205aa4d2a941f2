"""Which requests are a meeting's: by their address alone, before anything is read."""

import re
from typing import NamedTuple

_OURS = re.compile(r"(?:/c/[a-z0-9-]+)?(?:/en)?/rencontres/[^/]+/(flux|depuis|votes)(?:/([^/]+))?")
STREAM, SINCE, VOTE = "flux", "depuis", "votes"


class Asked(NamedTuple):
    what: str
    sounding: str


def asked_of(method: str, path: str) -> Asked | None:
    if "/rencontres/" not in path or (found := _OURS.fullmatch(path)) is None:
        return None
    what, sounding = found[1], found[2] or ""
    if method == ("POST" if what == VOTE else "GET") and bool(sounding) == (what == VOTE):
        return Asked(what, sounding)
    return None


def meeting_stream(path: str) -> str:
    """Of the meeting in which this vote is given: who may follow it may vote in it, if she came."""
    return path.rpartition(f"/{VOTE}/")[0] + f"/{STREAM}"
