"""The key of a question just asked, on the page where it leads: shown for a quarter of an hour, and kept by no cache."""

from urllib.parse import urlencode

from django.http import HttpResponse

from democratic.participation.meetings.wall.actions import Receipt
from democratic.web.ideas.receipts import open_receipt, seal_receipt
from democratic.web.pages import Main, show, show_once
from democratic.web.requests import Request

ASKED, KEY = "posee", "cle"


def with_key(path: str, receipt: Receipt) -> str:
    """``path`` alone when the same question of hers was there already: its key was shown then."""
    if not receipt.claim_secret:
        return path
    record = receipt.question.record
    token = seal_receipt(record.code, receipt.claim_secret, now=record.recorded_at)
    return f"{path}?{urlencode({ASKED: record.code, KEY: token})}"


def key_on(request: Request) -> str:
    token = request.GET.get(KEY, "")
    opened = open_receipt(request.GET.get(ASKED, ""), token, now=request.clock.now()) if token else None
    return opened.secret if opened else ""


def show_with_key(request: Request, main: Main) -> HttpResponse:
    return show_once(request, main) if main.context["secret"] else show(request, main)
