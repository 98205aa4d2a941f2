"""Where an account is signed in, and ending it there: one device, or all the others."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from democratic.kernel.limits import keyed_hash
from democratic.people.actions import end_other_sessions, end_session
from democratic.people.models import Account, Session
from democratic.people.queries import sessions_of
from democratic.web.devices import Device, told
from democratic.web.formats import day, number
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request

OTHERS = "others"


@require_http_methods(["GET", "POST"])
@login_required
def my_devices(request: Request) -> HttpResponse:
    account = request.user
    if request.method == "POST" and isinstance(account, Account):
        return _end(request, account)
    sessions = sessions_of(account) if isinstance(account, Account) else []
    rows = [_row(each, here=each.pk == request.session.session_key) for each in sessions]
    rows.sort(key=lambda row: not row["is_here"])
    context = {"rows": rows, "others": OTHERS}
    return show(request, Main("web/accounts/devices.html", context, title=_("Mes appareils")))


def _row(session: Session, *, here: bool) -> dict[str, Any]:
    return {
        "name": told(Device(session.browser, session.system)),
        "used": day(session.used_on),
        "is_here": here,
        "ref": _ref(session),
    }


def _ref(session: Session) -> str:
    """Names the session in the page: its key is the key of the account, and never leaves the cookie."""
    return keyed_hash("session", session.pk)[:32]


def _end(request: Request, account: Account) -> HttpResponse:
    here, which = request.session.session_key, request.POST.get("session", "")
    if which == OTHERS:
        ended = end_other_sessions(account=account, but=here)
        said = ngettext("%(n)s appareil est déconnecté.", "%(n)s appareils sont déconnectés.", ended)
        messages.success(request, said % {"n": number(ended)})
        return redirect(at("/compte/appareils"))
    chosen = next((each.pk for each in sessions_of(account) if _ref(each) == which), None)
    if chosen is None:
        messages.info(request, _("Cet appareil était déjà déconnecté."))
    elif chosen == here:
        logout(request)
        messages.success(request, _("Cet appareil est déconnecté."))
        return redirect(at("/"))
    else:
        end_session(account=account, session_key=chosen)
        messages.success(request, _("C’est fait : cet appareil est déconnecté."))
    return redirect(at("/compte/appareils"))
