"""Who enters the pages of an organisation's members: they alone. Who belongs to it is nobody else's business."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse

from democratic.communities.models import Membership
from democratic.communities.organisations.queries import get_organisation_for, membership_in
from democratic.kernel.ids import read_code
from democratic.people.queries import person_and_claimed
from democratic.web.requests import Request, someone

View = Callable[..., HttpResponse]


def _membership(request: Request, code: str) -> Membership | None:
    organisation = get_organisation_for(request.viewer, read_code(code) or "")
    if organisation is None:
        return None
    found = membership_in(organisation, person_and_claimed(someone(request)))
    if found is not None:
        found.organisation = organisation
    return found


def for_members(view: View) -> View:
    """``view`` gets the reader's own membership. Agents, and who only helps someone, are strangers like others."""

    @wraps(view)
    def guarded(request: Request, code: str, **kwargs: Any) -> HttpResponse:
        if not request.viewer.is_signed_in:
            return redirect_to_login(request.get_full_path())
        membership = None if request.helped else _membership(request, code)
        if membership is None:
            raise Http404
        return view(request, membership, **kwargs)

    return guarded


def for_keepers(view: View) -> View:
    @wraps(view)
    def guarded(request: Request, held: Membership, /, **kwargs: Any) -> HttpResponse:
        if held.place != Membership.Place.EDITOR:
            raise Http404
        return view(request, held, **kwargs)

    return for_members(guarded)
