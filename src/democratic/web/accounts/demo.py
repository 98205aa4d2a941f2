from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from democratic.people.models import Account
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request


@require_http_methods(["GET", "POST"])
def enter(request: Request) -> HttpResponse:
    """One click to be one of the demonstration's people; nowhere else than on a demonstration."""
    if not request.authority.is_demo:
        raise Http404
    if request.method == "GET":
        context = {"accounts": DEMO_ACCOUNTS, "password": DEMO_PASSWORD}
        return show(request, Main("web/accounts/demo.html", context, title=_("Entrer dans la démonstration")))
    known = {account.email for account in DEMO_ACCOUNTS}
    email = request.POST.get("email", "")
    account = Account.objects.filter(email=email).first() if email in known else None
    if account is None:
        raise Http404
    login(request, account)
    record_authentication(request, account, method="demo")  # as any sign-in: recent for a quarter of an hour
    return redirect(at("/"))
