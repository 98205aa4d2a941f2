"""From a moment of a meeting to a second of its recording, and the address that opens there."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from democratic.participation.meetings.minutes.models import Recording

_BY_QUERY = {
    "youtube.com": "t",
    "www.youtube.com": "t",
    "youtu.be": "t",
    "www.dailymotion.com": "start",
    "dai.ly": "start",
}


def url_at(url: str, seconds: int) -> str:
    """PeerTube and the two others that we know by their own parameter; else a media fragment (W3C, ``#t=``)."""
    parts = urlsplit(url)
    name = _BY_QUERY.get(parts.hostname or "")
    if name is None and parts.path.startswith(("/w/", "/videos/watch/")):
        name = "start"
    if name is None:
        return urlunsplit(parts._replace(fragment=f"t={seconds}"))
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*query, (name, str(seconds))])))


def moment_in(recordings: Sequence[Recording], at: datetime) -> tuple[Recording, int] | None:
    """The last recording that had begun then, and how many seconds into it. ``recordings``: the first in time first."""
    begun = [each for each in recordings if each.starts_at is not None and each.starts_at <= at]
    if not begun:
        return None
    last = begun[-1]
    return last, int((at - last.starts_at).total_seconds()) if last.starts_at else 0
