"""A conversation by pages: one question each, from the code of a poster, in another site's frame, or on a kiosk.

The address of the page is who she is here: a key of 128 bits, no cookie of hers, no account.
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from civics.reach.reading import is_too_long
from democratic.kernel.limits import Limit, keyed_hash, spend
from democratic.kernel.refusals import Refusal
from democratic.messaging.incoming import accept
from democratic.messaging.models import ChannelKind
from democratic.messaging.ports import Arrived
from democratic.participation.conversations.carrying_out import carry_out_of
from democratic.participation.conversations.leaving import leave_screen
from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.queries import (
    Shown,
    first_of,
    is_known,
    open_code,
    revision_of,
    shown_to,
)
from democratic.participation.conversations.wording import too_long
from democratic.web.guests import network_of
from democratic.web.places import at
from democratic.web.requests import Request
from democratic.web.talks.endings import closed, end_of
from democratic.web.talks.openings import note_opening
from democratic.web.talks.screens import is_paired, led_on
from democratic.web.talks.sending import media_sent
from democratic.web.talks.showing import context_of, page
from democratic.web.talks.ways import WAYS, Way

_TOKEN = re.compile(r"[0-9a-f]{32}")
# A school lends one address to all its pupils; nobody answers a question more than once a second for ten minutes.
BEGUN_OF_A_NETWORK = Limit("talks-of-network", 3000, 600)
# Before a screen in a hall one stands for a minute, and a network has few of them.
BEGUN_AT_SCREENS = Limit("talks-at-screens", 120, 600)
LONGEST_AT_A_SCREEN = timedelta(minutes=10)
ANSWERS_OF_ONE = Limit("answers-of-talk", 60, 600)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request, code: str, way: str) -> HttpResponse:
    """The introduction and the first question: answering it is the one tap that begins."""
    how = WAYS[way]
    if how.is_kiosk and not is_paired(request, code):
        return led_on(request, code)
    opened = open_code(request.authority, code, how.kind)
    if opened is None:
        return closed(request, code, how)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            return _begun(request, opened, how)
        except Refusal as refusal:
            wrong = refusal
    else:
        note_opening(request, opened, how)
    language = get_language() or "fr"
    said, question = first_of(revision_of(opened), language, how.kind)
    context = context_of(opened, how) | {
        "said": [say.text for say in said],
        "question": question,
        "wrong": str(wrong.message) if wrong else "",
        "action": at(how.path(opened.code)),
    }
    return page(request, how, context, opened, wrong.status if wrong else 200)


def _begun(request: Request, opened: FlowCode, how: Way) -> HttpResponse:
    """The same form sent twice is the same conversation."""
    spend(BEGUN_AT_SCREENS if how.is_kiosk else BEGUN_OF_A_NETWORK, network_of(request))
    key = request.POST.get("key", "")[:40] or uuid4().hex
    token = keyed_hash("talk", opened.code, key)[:32]
    language = get_language() or "fr"
    first = Arrived(_name(token, "start"), token, f"START {opened.code}", language=language)
    _hear(request, how, token, [first, _answer(request, token, "first")])
    return redirect(at(how.path(opened.code, token)))


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: Request, code: str, token: str, way: str) -> HttpResponse:
    """Where she stands. An address that is not, or no longer, someone's leads to the beginning."""
    how = WAYS[way]
    if not _TOKEN.fullmatch(token):
        raise Http404
    if how.is_kiosk and not is_paired(request, code):
        return led_on(request, code)
    if how.is_kiosk and _has_left(request, token):
        leave_screen(authority=request.authority, address=token, now=request.clock.now())
        return redirect(at(how.path(code)))
    if request.method == "POST" and not is_known(request.authority, how.kind, token):
        return redirect(at(how.path(code)))
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            spend(ANSWERS_OF_ONE, token)
            return _answered(request, how, code, token)
        except Refusal as refusal:
            wrong = refusal
    shown = shown_to(request.authority, how.kind, token)
    return redirect(at(how.path(code))) if shown is None else _shown(request, how, code, token, shown, wrong)


def _has_left(request: Request, token: str) -> bool:
    """She says that she leaves the screen, or left it long ago: whoever is before it now is someone else."""
    since = request.clock.now() - LONGEST_AT_A_SCREEN
    return "leave" in request.POST or not is_known(request.authority, ChannelKind.KIOSK, token, since)


def _answered(request: Request, how: Way, code: str, token: str) -> HttpResponse:
    """A file that is refused leaves the question as it was: nothing of what she answered before is touched."""
    media = (
        media_sent(request, shown_to(request.authority, how.kind, token)) if _may_hold_files(request) else []
    )
    if is_too_long(request.POST.get("text", "")):
        shown = shown_to(request.authority, how.kind, token)
        raise Refusal(too_long(tu=bool(shown and shown.run.revision.flow.process.uses_tu)), field="text")
    key = request.POST.get("key", "")[:40] or uuid4().hex
    _hear(request, how, token, [_answer(request, token, key, media)])
    return redirect(at(how.path(code, token)))


def _may_hold_files(request: Request) -> bool:
    """Forms that ask for a file are of this type: the others need not look where she stands."""
    return request.content_type == "multipart/form-data"


def _shown(
    request: Request, how: Way, code: str, token: str, shown: Shown, wrong: Refusal | None
) -> HttpResponse:
    context = context_of(shown.run.code, how) | {
        "said": shown.said,
        "question": shown.question,
        "typed": request.POST.get("text", "") if wrong else "",
        "wrong": str(wrong.message) if wrong else "",
        "action": at(how.path(code, token)),
        "end": None if shown.question else end_of(shown, how, code),
        "leave": at(how.path(code, token)) if how.is_kiosk else "",
        "begin": "" if how.is_kiosk else at(how.path(code)),
    }
    return page(request, how, context, shown.run.code, wrong.status if wrong else 200)


def _answer(request: Request, token: str, key: str, media: Sequence[dict[str, Any]] = ()) -> Arrived:
    return Arrived(
        _name(token, key),
        token,
        request.POST.get("text", ""),
        request.POST.get("choice", ""),
        get_language() or "fr",
        media,
    )


def _name(token: str, key: str) -> str:
    """The name of what was heard outlives its words, and who said them: it leads to nobody's address."""
    return keyed_hash("turn", token, key)[:40]


def _hear(request: Request, how: Way, token: str, arrived: list[Arrived]) -> None:
    accept(request.authority, how.kind, arrived)
    carry_out_of(how.kind, token, request.clock)
