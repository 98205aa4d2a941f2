"""A conversation by pages: one question each, from the code of a poster, in another site's frame, or on a kiosk.

The address of the page is who she is here: a key of 128 bits, no cookie, no account.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.limits import Limit, keyed_hash, spend
from democratic.kernel.refusals import Refusal
from democratic.messaging.incoming import accept
from democratic.messaging.ports import Arrived
from democratic.participation.conversations.carrying_out import carry_out_of
from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.queries import (
    Question,
    Shown,
    first_of,
    is_known,
    open_code,
    revision_of,
    shown_to,
)
from democratic.participation.conversations.relaying import code_once_open
from democratic.thread.addresses import public_url
from democratic.web.feed_links import feeds_of
from democratic.web.formats import day
from democratic.web.guests import network_of
from democratic.web.headers import FramableForm
from democratic.web.pages import PREVIEW_SIZE, Main, Preview, show, show_once
from democratic.web.places import at, record_path
from democratic.web.requests import Request
from democratic.web.shell import look_of
from democratic.web.talks.openings import note_opening
from democratic.web.talks.ringing import ring
from democratic.web.talks.sending import media_sent
from democratic.web.talks.ways import WAYS, Way
from democratic.web.uploads import ACCEPT_PHOTOS

GONE = 410
_TOKEN = re.compile(r"[0-9a-f]{32}")
# A school lends one address to all its pupils; nobody answers a question more than once a second for ten minutes.
BEGUN_OF_A_NETWORK = Limit("talks-of-network", 3000, 600)
ANSWERS_OF_ONE = Limit("answers-of-talk", 60, 600)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request, code: str, way: str) -> HttpResponse:
    """The introduction and the first question: answering it is the one tap that begins."""
    how = WAYS[way]
    opened = open_code(request.authority, code, how.kind)
    if opened is None:
        return _closed(request, code, how)
    if request.method == "POST":
        return _begun(request, opened, how)
    note_opening(request, opened, how)
    language = get_language() or "fr"
    said, question = first_of(revision_of(opened), language, how.kind)
    context = _context(opened, how) | {
        "said": [say.text for say in said],
        "question": question,
        "action": at(how.path(opened.code)),
    }
    return _page(request, how, context, opened)


def _begun(request: Request, opened: FlowCode, how: Way) -> HttpResponse:
    """The same form sent twice is the same conversation."""
    spend(BEGUN_OF_A_NETWORK, network_of(request))
    key = request.POST.get("key", "")[:40] or uuid4().hex
    token = keyed_hash("talk", opened.code, key)[:32]
    language = get_language() or "fr"
    first = Arrived(f"{token}:start", token, f"START {opened.code}", language=language)
    _hear(request, how, token, [first, _answer(request, token, "first")])
    return redirect(at(how.path(opened.code, token)))


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: Request, code: str, token: str, way: str) -> HttpResponse:
    """Where she stands. An address that is not, or no longer, someone's leads to the beginning."""
    how = WAYS[way]
    if not _TOKEN.fullmatch(token):
        raise Http404
    if request.method == "POST" and not is_known(request.authority, how.kind, token):
        return redirect(at(how.path(code)))
    wrong: Refusal | None = None
    if request.method == "POST":
        spend(ANSWERS_OF_ONE, token)
        try:
            return _answered(request, how, code, token)
        except Refusal as refusal:
            wrong = refusal
    shown = shown_to(request.authority, how.kind, token)
    return redirect(at(how.path(code))) if shown is None else _shown(request, how, code, token, shown, wrong)


def _answered(request: Request, how: Way, code: str, token: str) -> HttpResponse:
    """A file that is refused leaves the question as it was: nothing of what she answered before is touched."""
    media = (
        media_sent(request, shown_to(request.authority, how.kind, token)) if _may_hold_files(request) else []
    )
    key = request.POST.get("key", "")[:40] or uuid4().hex
    _hear(request, how, token, [_answer(request, token, key, media)])
    return redirect(at(how.path(code, token)))


def _may_hold_files(request: Request) -> bool:
    """Forms that ask for a file are of this type: the others need not look where she stands."""
    return request.content_type == "multipart/form-data"


def _shown(
    request: Request, how: Way, code: str, token: str, shown: Shown, wrong: Refusal | None
) -> HttpResponse:
    context = _context(shown.run.code, how) | {
        "said": shown.said,
        "question": shown.question,
        "typed": request.POST.get("text", "") if wrong else "",
        "wrong": str(wrong.message) if wrong else "",
        "action": at(how.path(code, token)),
        "end": None if shown.question else _end(shown, how, code),
    }
    return _page(request, how, context, shown.run.code, wrong.status if wrong else 200)


def _closed(request: Request, code: str, how: Way) -> HttpResponse:
    """A poster stays on its wall after the last day: who comes then is told what became of it."""
    found = None if how.is_bare else code_once_open(request.authority, code)
    if found is None or (found.retired_at is None and found.flow.is_open):
        raise Http404
    title = _("Cette conversation est close")
    record = found.flow.process.record
    context = {
        "title": title,
        "process": record.title,
        "process_url": record_path("process", record.code),
        "after": at(f"/r/{found.code}/suites"),
    }
    return show(request, Main("web/talks/over.html", context, title=title, status=GONE))


def _answer(request: Request, token: str, key: str, media: Sequence[dict[str, Any]] = ()) -> Arrived:
    return Arrived(
        f"{token}:{key}",
        token,
        request.POST.get("text", ""),
        request.POST.get("choice", ""),
        get_language() or "fr",
        media,
    )


def _hear(request: Request, how: Way, token: str, arrived: list[Arrived]) -> None:
    accept(request.authority, how.kind, arrived)
    carry_out_of(how.kind, token, request.clock)


def _context(opened: FlowCode | None, how: Way) -> dict[str, Any]:
    process = opened.flow.process.record if opened else None
    return {
        "process": process.title if process else "",
        "process_url": record_path("process", process.code) if process and not how.is_kiosk else "",
        "key": uuid4().hex,
        "restart": at(how.path(opened.code)) if opened and how.is_kiosk else "",
        "notice": at("/donnees-personnelles"),
        "end": None,
        "wrong": "",
        "typed": "",
        "accepts": {"photo": ACCEPT_PHOTOS, "voice": "audio/*"},
        "is_kiosk": how.is_kiosk,
    }


def _end(shown: Shown, how: Way, code: str) -> dict[str, Any]:
    return {
        "records": [
            (each.code, at(f"/fil/{each.code}"), each.visibility == "held") for each in shown.records
        ],
        "is_told": shown.her.is_told,
        "news": [(day(each.at), each.text) for each in shown.news],
        "again": at(how.path(code)) if how.is_kiosk else "",
        "follow": at(f"/fil/{shown.run.revision.flow.process.record.code}") if not how.is_kiosk else "",
        "ring": None if how.is_bare else ring(shown, at(how.path(code, shown.her.address) + "/avis")),
        "after": at(f"/r/{shown.run.code.code}/suites") if shown.run.code and not how.is_kiosk else "",
    }


def _page(
    request: Request, how: Way, context: dict[str, Any], opened: FlowCode | None, status: int = 200
) -> HttpResponse:
    question: Question | None = context["question"]
    title = question.text if question else _("Merci.")
    context = context | {"title": title}
    if not how.is_bare:
        named = f"{title} · {context['process']}"
        feeds = feeds_of(f"/r/{opened.code}/suites") if opened else ()
        main = Main(
            "web/talks/page.html",
            context,
            title=named,
            feeds=feeds,
            status=status,
            preview=_preview(request, opened),
        )
        return show_once(request, main)
    bare = context | {
        "language": get_language(),
        "authority": request.authority,
        **look_of(request.authority.accent, request.authority.identity),
    }
    html = render_to_string("web/talks/bare.html", bare)
    if how.is_framed:
        return FramableForm(html, status=status)
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})


def _preview(request: Request, opened: FlowCode | None) -> Preview | None:
    """Of the beginning alone: the address of someone's own conversation is hers, and tells networks nothing."""
    if opened is None or request.resolver_match is None or request.resolver_match.url_name != "talk_begin":
        return None
    address = public_url(request.authority, f"/r/{opened.code}", get_language() or "fr")
    return Preview(address, f"{address}/apercu.png", *PREVIEW_SIZE)
