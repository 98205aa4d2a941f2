"""Doors that any view may stand behind: « is it still you? », « have you a second factor? », « still you today? »."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from democratic.people.models import Account
from democratic.web.accounts.factors import has_second_factor, is_by_strong_identity
from democratic.web.requests import Request

View = Callable[..., HttpResponse]


def is_recently_authenticated(request: Request) -> bool:
    """She signed in, or proved again that it is her, in the last fifteen minutes, in this browser."""
    records = get_authentication_records(request, request.user)
    if not records:
        return False
    age = request.clock.now().timestamp() - records[-1]["at"]
    return bool(age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def recently_authenticated(view: View) -> View:
    """What destroys, hands over or takes out is asked again of who left her browser open.

    Asked before the form is shown. A form that stayed open longer than that is shown again afterwards:
    it is not kept aside, as what it would do is exactly what an open browser must not do by itself.
    """

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_recently_authenticated(request):
            return _to("account_reauthenticate", request)
        return view(request, *args, **kwargs)

    return guarded


def demands_factor(request: Request) -> bool:
    """Never on a demonstration: its accounts are everybody's, and one visitor's phone would lock out the others."""
    return bool(settings.STAFF_FACTOR == "demanded" and not request.authority.is_demo)


def lacks_factor(request: Request) -> bool:
    """Whether this member of staff must set a second factor up first: one query, asked of staff alone."""
    account = request.user
    if not demands_factor(request) or not isinstance(account, Account):
        return False
    return not is_by_strong_identity(request, account) and not has_second_factor(account)


def is_proof_of_another_day(request: Request) -> bool:
    """Staff prove once in twelve hours that it is still them; what they were writing by then may be sent meanwhile.

    By the hour at which the session was read: the pages of the desk ask the database nothing more.
    """
    records, read_at = get_authentication_records(request, request.user), request.session.read_at
    if not records or read_at is None:
        return True
    is_sending = request.method == "POST"
    longest = settings.STAFF_PROOF_AGE + (settings.STAFF_SENDING_AGE if is_sending else 0)
    return bool(read_at.timestamp() - records[-1]["at"] >= longest)


def to_prove_again(request: Request) -> HttpResponse:
    if request.method != "POST":
        messages.info(request, _("Le bureau le demande une fois par jour de travail."))
        return _to("account_reauthenticate", request)
    messages.warning(
        request, _("Rien n’est envoyé : votre page était ouverte depuis trop longtemps. C’est bien vous ?")
    )
    return _to("account_reauthenticate", request, onward=_page_of_form(request))


def _page_of_form(request: Request) -> str:
    """Where the form stood: the address that it is sent to may have nothing to read."""
    came = urlsplit(request.headers.get("Referer", ""))
    is_ours = came.netloc == request.get_host()
    return urlunsplit(("", "", came.path, came.query, "")) if is_ours else request.get_full_path()


def to_set_factor_up(request: Request) -> HttpResponse:
    return _to("second_factor_demanded", request)


def _to(name: str, request: Request, onward: str = "") -> HttpResponse:
    return redirect(f"{reverse(name)}?{urlencode({'next': onward or request.get_full_path()})}")


def proof_asked(request: Request) -> HttpResponse | None:
    """What stands before a page of who works here: a factor to set up, or a proof of today. None: she may go in."""
    if lacks_factor(request):
        return to_set_factor_up(request)
    return to_prove_again(request) if is_proof_of_another_day(request) else None
