"""What every request passes: headers, same origin, and who looks at which authority."""

import re
from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import set_script_prefix
from django.utils import timezone
from django.utils.translation import gettext as _

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.outages import Unavailable
from democratic.kernel.refusals import TooMany
from democratic.people.models import Account
from democratic.thread.models import Authority
from democratic.thread.rules import Viewer
from democratic.web import helping
from democratic.web.authorities import doors, host_of
from democratic.web.doors import show_doors
from democratic.web.errors import too_many, unavailable
from democratic.web.guests import guest_of
from democratic.web.headers import HOLDS_WORDS, add_headers, clear_what_is_left, keep_nowhere
from democratic.web.requests import Request

Respond = Callable[[HttpRequest], HttpResponse]

SAFE = {"GET", "HEAD", "OPTIONS"}
TAKEN = (
    "GET",
    "HEAD",
    "OPTIONS",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
)  # never TRACE, which sends back what it was sent
# Answered before there is an authority, and when the database is gone.
_ENGLISH = re.compile(r"/en(?=/|$)")
OWNED_BY_NOBODY = {"/healthz", "/readyz", "/metrics"}


def headers(get_response: Respond) -> Respond:
    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request) if request.method in TAKEN else HttpResponseNotAllowed(TAKEN)
        add_headers(response)
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response

    return respond


def same_origin(get_response: Respond) -> Respond:
    """Refuse a form that another site sent: the browser itself says where it comes from.

    Stored pages are the same for everyone, so they carry no token; ``Sec-Fetch-Site`` and ``Origin``
    are set by browsers and out of a page's reach. One-click unsubscribe (RFC 8058) is posted by mail
    providers without either, and says so on its view with ``csrf_exempt``.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Callable[..., object], *_args: object
    ) -> HttpResponse | None:
        if request.method in SAFE or getattr(view, "csrf_exempt", False) or comes_from_here(request):
            return None
        return HttpResponseForbidden(
            _("Ce formulaire vient d’un autre site. Ouvrez la page ici, puis recommencez."),
            content_type="text/plain; charset=utf-8",
        )

    respond.process_view = process_view  # type: ignore[attr-defined]
    return respond


def says_what_is_down(get_response: Respond) -> Respond:
    """A page that needs a part that is down says so, with what can be done meanwhile; one asked too often, as well."""

    def respond(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, TooMany):
            return too_many(cast("Request", request), fault)
        return unavailable(cast("Request", request), fault) if isinstance(fault, Unavailable) else None

    respond.process_exception = process_exception  # type: ignore[attr-defined]
    return respond


def comes_from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is not None and urlsplit(origin).netloc == request.get_host()


def where(get_response: Respond) -> Respond:
    """Set ``request.authority``; take its ``/c/<slug>`` off the path, and put it back on every address made."""

    def respond(request: HttpRequest) -> HttpResponse:
        set_script_prefix("/")
        if request.path in OWNED_BY_NOBODY:
            return get_response(request)
        host = host_of(request.get_host())
        authority = doors().at(host, request.path_info)
        if authority is None:
            return show_doors(request, doors().under(host))
        set_script_prefix(f"{authority.path}/")
        request.path_info = request.path_info.removeprefix(authority.path) or "/"
        request.authority = authority  # type: ignore[attr-defined]
        if not authority.speaks("en") and (english := _ENGLISH.match(request.path_info)):
            return redirect(authority.path + (request.path_info[english.end() :] or "/"))
        with timezone.override(authority.time_zone):
            return get_response(request)

    return respond


def who(get_response: Respond) -> Respond:
    """Set ``request.person`` (account's or guest's), ``request.viewer`` and ``request.clock``."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path in OWNED_BY_NOBODY:
            return get_response(request)
        request.clock = DATABASE_CLOCK  # type: ignore[attr-defined]
        authority: Authority = request.authority  # type: ignore[attr-defined]
        account = request.user if "_auth_user_id" in request.session else None
        signed_in = isinstance(account, Account)
        request.helped = None  # type: ignore[attr-defined]
        if isinstance(account, Account) and not helping.is_way_out(request):
            helped = helping.who_is_helped(request, account.person, authority, DATABASE_CLOCK)
            if helped is not None:
                if refusal := helping.refuse_act(request):
                    return refusal
                request.user = account = request.helped = helped  # type: ignore[attr-defined]
        person = account.person if isinstance(account, Account) else guest_of(request)
        request.person = person  # type: ignore[attr-defined]
        request.viewer = Viewer(authority, person, is_signed_in=signed_in)  # type: ignore[attr-defined]
        response = get_response(request)
        if signed_in:
            _leave_nothing_behind(request, response)
        return response

    return respond


def _leave_nothing_behind(request: HttpRequest, response: HttpResponse) -> None:
    """In a browser that someone else may use next: her own pages in its cache, and anything once she signed out."""
    keep_nowhere(response, request.path_info)
    if "_auth_user_id" not in request.session:
        clear_what_is_left(response, holds_words=HOLDS_WORDS in request.COOKIES)
