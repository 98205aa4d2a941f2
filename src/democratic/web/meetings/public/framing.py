"""A page that shows another site's video, once its reader said yes: this page alone, this host alone."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from democratic.participation.meetings.models import Meeting
from democratic.web.headers import CSP, HEADERS
from democratic.web.requests import Request

COOKIE = f"{settings.OURS_ALONE}video"
_HALF_A_DAY = 12 * 3600


def origin_of(url: str) -> str:
    """``https://host[:port]``, as a browser compares it; empty when it is none that may stand in a page."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    is_plain = all(sign.isascii() and (sign.isalnum() or sign in ".-") for sign in host)
    if parts.scheme != "https" or not host or not is_plain:
        return ""
    return f"https://{host}" + (f":{port}" if port else "")


def host_of(url: str) -> str:
    return origin_of(url).removeprefix("https://")


def agreed(request: Request, meeting: Meeting) -> bool:
    """She said yes to this very host: another asks again."""
    return bool(meeting.video_url) and request.COOKIES.get(COOKIE) == host_of(meeting.video_url)


def remember_agreement(request: Request, response: HttpResponse, meeting: Meeting) -> None:
    """For half a day, on this page alone. It is functional, and says nothing but the host."""
    response.set_cookie(
        COOKIE,
        host_of(meeting.video_url),
        max_age=_HALF_A_DAY,
        path="/" if settings.OURS_ALONE else request.path,
        secure=settings.IS_SECURE,
        httponly=True,
        samesite="Lax",
    )


def allow_frame(response: HttpResponse, url: str) -> None:
    """The microphone and the camera are hers to open, in that frame."""
    origin = origin_of(url)
    if not origin:
        return
    response.headers["Content-Security-Policy"] = f"{CSP}; frame-src {origin}"
    opened = HEADERS["Permissions-Policy"]
    for device in ("camera", "microphone"):
        opened = opened.replace(f"{device}=()", f'{device}=(self "{origin}")')
    response.headers["Permissions-Policy"] = opened
