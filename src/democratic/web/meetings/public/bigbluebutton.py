"""BigBlueButton's signed API: the room is opened, then joined, by addresses that carry a proof of the secret.

https://docs.bigbluebutton.org/development/api: a checksum is SHA-256 of the call's name, its query and the secret.
The secret is the operator's, in ``VAR/secrets/video.toml``, one table a host: ``["visio.example.org"] secret = "…"``.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from democratic.kernel.outbound import Outbound, OutboundFault, place_of
from democratic.participation.meetings.models import Meeting

SECONDS = 4.0  # whoever pressed waits for it


class VideoDown(Exception):
    """The room could not be opened. Said to who reads: the page stays whole without it."""


@dataclass(frozen=True, slots=True)
class Server:
    """``base``: what comes before ``/api``, such as ``https://visio.example.org/bigbluebutton``."""

    base: str
    secret: str

    def signed(self, call: str, **asked: str) -> str:
        query = urlencode(asked)
        proof = hashlib.sha256(f"{call}{query}{self.secret}".encode()).hexdigest()
        return f"{self.base}/api/{call}?{query}&checksum={proof}"


def server_of(url: str) -> Server:
    """VideoDown when the operator wrote no secret for this host, or others may read it."""
    path = Path(settings.VAR) / "secrets" / "video.toml"
    try:
        if path.stat().st_mode & 0o077:
            raise VideoDown("video.toml may be read by others: chmod 600")
        known = tomllib.loads(path.read_text())
        secret = known.get(urlsplit(url).hostname or "", {}).get("secret", "")
    except (OSError, ValueError) as wrong:
        raise VideoDown(f"video.toml: {type(wrong).__name__}") from wrong
    if not secret:
        raise VideoDown("no secret for this host")
    return Server(url.rstrip("/").removesuffix("/api"), str(secret))


def open_room(server: Server, meeting: Meeting, title: str, out: Outbound | None = None) -> None:
    """Asked again, it is the same room: ``create`` may be called any number of times."""
    asked = server.signed("create", name=title[:80], meetingID=meeting.record.code, record="false")
    way = out or Outbound(places=frozenset({place_of(asked)}), seconds=SECONDS)
    try:
        answer = way.get(asked)
    except OutboundFault as fault:
        raise VideoDown(str(fault)) from fault
    if answer.status != 200 or b"<returncode>SUCCESS</returncode>" not in answer.body:  # noqa: PLR2004
        raise VideoDown("the room was not opened")


def join_url(server: Server, meeting: Meeting, name: str, *, is_moderator: bool) -> str:
    role = "MODERATOR" if is_moderator else "VIEWER"
    return server.signed("join", fullName=name, meetingID=meeting.record.code, role=role)
