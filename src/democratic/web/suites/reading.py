"""What every public reading page of this area does first: a canonical code, a refusal, or a tombstone."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.kernel.clock import local_day
from democratic.kernel.ids import read_code
from democratic.thread.models import Visibility
from democratic.thread.queries import RecordNotFound, Tombstone, tombstone_of, waiting_of
from democratic.web.formats import day
from democratic.web.ideas.gone import still_waiting
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.processes.days import anyone
from democratic.web.requests import Request

View = Callable[[Request, str], HttpResponse]


def by_code(view: View) -> View:
    """A page known by a public code: any way of typing it leads to the one address."""

    @require_safe
    @wraps(view)
    def respond(request: Request, code: str) -> HttpResponse:
        known = read_code(code)
        if known is None:
            raise Http404
        if known != code:
            query = request.META.get("QUERY_STRING", "")
            path = request.path.replace(code, known, 1)
            return redirect(f"{path}?{query}" if query else path, permanent=True)
        try:
            return view(request, known)
        except RecordNotFound:
            return _gone(request, known)

    return respond


def by_slug(view: View) -> View:
    """A page of one process."""

    @require_safe
    @wraps(view)
    def respond(request: Request, slug: str) -> HttpResponse:
        try:
            return view(request, slug)
        except RecordNotFound as missing:
            raise Http404 from missing

    return respond


def _gone(request: Request, code: str) -> HttpResponse:
    stone = tombstone_of(anyone(request), code)
    if stone is None:
        if waiting := waiting_of(anyone(request), code):
            return still_waiting(request, waiting)
        raise Http404
    is_hidden = stone.visibility == Visibility.HIDDEN
    context = {
        "code": code,
        "reason": _reason(stone),
        "ruling": at(f"/moderation/{code}") if is_hidden else "",
        "said": _("Publiée le %(day)s.")
        % {"day": day(local_day(stone.happened_at, request.authority.time_zone))},
        "proof_url": at(f"/journal/preuve/{code}"),
    }
    return show(
        request,
        Main("web/suites/gone.html", context, title=_("Le fil de %(code)s") % {"code": code}, status=410),
    )


def _reason(stone: Tombstone) -> str:
    if stone.visibility == Visibility.HIDDEN:
        return _("Cette parole a été masquée par la modération.")
    if stone.is_erased:
        return _("Paroles effacées à la demande de la personne.")
    return _("Cette parole a été retirée par la personne qui l’avait dite.")
