"""Who enters the desk: agents and officials of this authority; others are told so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from democratic.communities.models import Official
from democratic.communities.queries import office_of
from democratic.kernel.ids import read_code
from democratic.thread.models import Kind, Record, Visibility
from democratic.thread.rules import can_sign, can_work, is_agent
from democratic.web.requests import Request, someone

View = Callable[..., HttpResponse]


def _guarded(may: Callable[..., bool]) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.viewer.is_signed_in:
                return redirect_to_login(request.get_full_path())
            if not may(request.viewer):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


for_staff = _guarded(can_work)
for_agents = _guarded(is_agent)
for_officials = _guarded(can_sign)


def desk_record(request: Request, code: str, *kinds: Kind) -> Record:
    """A Record of this authority, drafts included: the desk's guarded fetch."""
    found = (
        Record.objects.filter(
            authority=request.authority,
            code=read_code(code) or "",
            kind__in=kinds,
            visibility__in=(Visibility.PUBLIC, Visibility.DRAFT),
        )
        .select_related("wording", "authority", "process__wording", "withdrawal")
        .first()
    )
    if found is None:
        raise Http404
    return found


def function_of(request: Request) -> str:
    """Under which function an act is told in public: never an agent's name."""
    office = office_of(someone(request), request.authority)
    return f"{office.name}, {office.function}" if office else request.authority.name


def own_office(request: Request) -> Official:
    office = office_of(someone(request), request.authority)
    if office is None:
        raise PermissionDenied
    return office
