"""A turn as a page: in our shell, with its feed and its picture for networks; bare in a frame and on a kiosk."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.queries import Question
from democratic.thread.addresses import public_url
from democratic.web.feed_links import feeds_of
from democratic.web.headers import FramableForm
from democratic.web.pages import PREVIEW_SIZE, Main, Preview, show_once
from democratic.web.places import at, record_path
from democratic.web.requests import Request
from democratic.web.shell import look_of
from democratic.web.talks.ways import Way
from democratic.web.uploads import ACCEPT_PHOTOS


def context_of(opened: FlowCode | None, how: Way) -> dict[str, Any]:
    process = opened.flow.process.record if opened else None
    return {
        "process": process.title if process else "",
        "process_url": record_path("process", process.code) if process and not how.is_kiosk else "",
        "key": uuid4().hex,
        "leave": "",
        "begin": "",
        "notice": at("/donnees-personnelles"),
        "end": None,
        "wrong": "",
        "typed": "",
        "accepts": {"photo": ACCEPT_PHOTOS, "voice": "audio/*"},
        "is_kiosk": how.is_kiosk,
    }


def page(
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
    if how.is_framed:
        return FramableForm(_bare(request, "web/talks/bare.html", context), status=status)
    return bare_page(request, "web/talks/bare.html", context, status)


def bare_page(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """On a screen in a hall: without the shell, and no cache keeps it."""
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(_bare(request, template, context), status=status, headers=headers)


def _bare(request: Request, template: str, context: Mapping[str, Any]) -> str:
    look = look_of(request.authority.accent, request.authority.identity)
    return render_to_string(
        template, {**context, "language": get_language(), "authority": request.authority, **look}
    )


def _preview(request: Request, opened: FlowCode | None) -> Preview | None:
    """Of the beginning alone: the address of someone's own conversation is hers, and tells networks nothing."""
    if opened is None or request.resolver_match is None or request.resolver_match.url_name != "talk_begin":
        return None
    address = public_url(request.authority, f"/r/{opened.code}", get_language() or "fr")
    return Preview(address, f"{address}/apercu.png", *PREVIEW_SIZE)
