"""Whether someone opened the page of a code: what looks at it by itself is not counted."""

import re

from democratic.kernel.switches import read_only
from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.openings import count_opening
from democratic.web.requests import Request
from democratic.web.talks.ways import Way

# They name themselves so, or name no one: engines, previews of a link in a chat, monitors, programs.
_BY_ITSELF = re.compile(
    r"(?i)bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp/|telegram|monitor|curl/|wget/|"
    r"python|java/|go-http|headless|lighthouse"
)


def note_opening(request: Request, opened: FlowCode, how: Way) -> None:
    """The page of a poster alone: a frame opens with the site around it, a kiosk by itself after each passer-by."""
    if request.method == "GET" and not how.is_bare and _is_looked_at(request) and read_only() is None:
        count_opening(opened, request.clock)


def _is_looked_at(request: Request) -> bool:
    agent = request.headers.get("User-Agent", "")
    return bool(agent) and not _BY_ITSELF.search(agent) and "prefetch" not in _purpose(request)


def _purpose(request: Request) -> str:
    """Why the browser asks: it fetches some pages before anyone goes there."""
    return f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}".lower()
