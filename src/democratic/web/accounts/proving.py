"""« Is it still you? », for who has neither password nor second factor: a code by mail, as at the entrance."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.limits import Limit, keyed_hash, spend
from democratic.kernel.refusals import Refusal
from democratic.web.accounts.forms import ProvingForm
from democratic.web.acts import refused
from democratic.web.pages import Main, show
from democratic.web.requests import Request
from democratic.web.shell import mails_stay_here

CODES = Limit("proving-codes", 3, 600)
LIFE, TRIES = 600, 3
_ASKED = "proving_code"


@require_http_methods(["GET", "POST"])
@login_required
def by_code(request: Request) -> HttpResponse:
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    if all(method["id"] != "code" for method in methods):
        return redirect(_onward("account_reauthenticate", request))
    form = ProvingForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and not form.is_bound:
        return _send(request)
    if form.is_bound and form.is_valid():
        if _is_right(request, form.cleaned_data["code"]):
            record_authentication(request, request.user, method="code", reauthenticated=True)
            return redirect(get_next_redirect_url(request) or reverse("my_account"))
        form.add_error("code", _("Ce n’est pas le code, ou il n’est plus bon. Demandez-en un autre."))
    return _page(request, form)


def _page(request: Request, form: ProvingForm) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "next": get_next_redirect_url(request) or "",
        "is_sent": _ASKED in request.session,
        "email": _address_of(request),
        "mails_stay": mails_stay_here(request),
    }
    main = Main("web/accounts/prove.html", context, title=_("C’est bien vous ?"), status=refused(form))
    return show(request, main)


def _send(request: Request) -> HttpResponse:
    account = request.user
    try:
        spend(CODES, str(account.pk))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(_onward("account_prove_by_code", request))
    adapter = get_adapter(request)
    code, at = adapter.generate_login_code(), request.clock.now().timestamp()
    request.session[_ASKED] = {"digest": _digest(request, code), "at": at, "tries": 0}
    adapter.send_mail("account/email/proving_code", _address_of(request), {"request": request, "code": code})
    return redirect(_onward("account_prove_by_code", request))


def _is_right(request: Request, typed: str) -> bool:
    """The code that was sent, once, within ten minutes and three tries."""
    asked = request.session.get(_ASKED)
    if asked is None:
        return False
    is_alive = request.clock.now().timestamp() - asked["at"] < LIFE
    is_same = constant_time_compare(asked["digest"], _digest(request, typed))
    if is_same or not is_alive or asked["tries"] + 1 >= TRIES:
        del request.session[_ASKED]
    else:
        request.session[_ASKED] = asked | {"tries": asked["tries"] + 1}
    return is_alive and is_same


def _digest(request: Request, code: str) -> str:
    digits = "".join(sign for sign in code if sign.isdigit())
    return keyed_hash("proving", str(request.user.pk), digits)


def _address_of(request: Request) -> str:
    return str(getattr(request.user, "email", ""))


def _onward(name: str, request: Request) -> str:
    """To that page, with where she was going."""
    going = get_next_redirect_url(request)
    return f"{reverse(name)}?{urlencode({'next': going})}" if going else reverse(name)
