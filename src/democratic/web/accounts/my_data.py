"""« Mes données »: what is held of me, in words; all of it, as an archive."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.refusals import TooMany
from democratic.people.queries import person_and_claimed
from democratic.stewardship.holdings import Counted, counted
from democratic.web.archives import archive_of
from democratic.web.pages import Main, show
from democratic.web.requests import Request, someone


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(allow_get=True)
def my_data(request: Request) -> HttpResponse | StreamingHttpResponse:
    """A POST gives the archive, to who proved just now that she is the owner of the account."""
    ids = person_and_claimed(someone(request))
    status = 200
    if request.method == "POST":
        try:
            return archive_of(ids)
        except TooMany as refusal:
            messages.error(request, str(refusal.message))
            status = refusal.status
    context = {"lines": [_line(each) for each in counted(ids)]}
    return show(request, Main("web/accounts/my_data.html", context, title=_("Mes données"), status=status))


def _line(each: Counted) -> dict[str, Any]:
    return {"what": each.kind.what, "how_long": each.kind.how_long, "n": each.rows}
