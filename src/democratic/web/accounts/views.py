from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.people.queries import person_and_claimed
from democratic.thread.queries.mine import contributions_of
from democratic.web.pages import Main, show
from democratic.web.requests import Request, someone

PAGE = 20


@require_GET
@login_required
def account(request: Request) -> HttpResponse:
    """What I said, under my account and under the guests that I claimed."""
    after = request.GET.get("apres", "")
    mine = contributions_of(person_and_claimed(someone(request)), after=after, limit=PAGE)
    context = {"account": request.user, "person": request.person, "contributions": mine}
    return show(request, Main("web/accounts/account.html", context, title=_("Mon compte")))
