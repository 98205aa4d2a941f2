"""Who enters the desk: agents and officials of this authority, with a second factor, asked again each day."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import rules
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse

from democratic.communities.models import Official
from democratic.communities.queries import office_of
from democratic.kernel.ids import read_code
from democratic.stewardship.moderation.rules import moderates
from democratic.thread.models import Kind, Record, Visibility
from democratic.thread.rules import Viewer, can_sign, can_work, is_administrator, is_agent
from democratic.web.accounts.doors import (
    is_proof_of_another_day,
    lacks_factor,
    to_prove_again,
    to_set_factor_up,
)
from democratic.web.requests import Request, someone

Given = HttpResponse | StreamingHttpResponse
View = Callable[..., Given]


def _may_here(request: Request, may: Callable[..., bool], named: Mapping[str, Any]) -> bool:
    """Whether a role over one process opens this page of it; asked only of who has such a role."""
    if not request.viewer.scopes:
        return False
    about = _about(request, named)
    return about is not None and may(request.viewer, about)


def _about(request: Request, named: Mapping[str, Any]) -> Record | None:
    """The Record that the address names: a process by its slug, anything else by its code."""
    here = Record.objects.filter(authority=request.authority)
    if "session" in named:
        return here.filter(as_process__class_sessions=named["session"]).first()
    if "slug" in named:
        return here.filter(as_process__slug=named["slug"]).first()
    return here.filter(code=read_code(named["code"]) or "").first() if "code" in named else None


def guarded(may: Callable[..., bool]) -> Callable[[View], View]:
    """For whom ``may`` holds: here, or over the process that the address names."""

    def guard(view: View) -> View:
        @wraps(view)
        def entered(request: Request, *args: Any, **kwargs: Any) -> Given:
            if not request.viewer.is_signed_in:
                return redirect_to_login(request.get_full_path())
            if not may(request.viewer) and not _may_here(request, may, kwargs):
                raise PermissionDenied
            if lacks_factor(request):
                return to_set_factor_up(request)
            if is_proof_of_another_day(request):
                return to_prove_again(request)
            return view(request, *args, **kwargs)

        return entered

    return guard


@rules.predicate
def _has_some_process(viewer: Viewer, _record: Record | None = None) -> bool:
    return bool(viewer.scopes)


for_staff = guarded(can_work)
for_staff_of_anything = guarded(can_work | _has_some_process | moderates)
for_agents = guarded(is_agent)
for_officials = guarded(can_sign)
for_administrators = guarded(is_administrator)


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
