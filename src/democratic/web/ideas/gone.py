"""What one may not see is not there; what was taken back leaves a public line."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from democratic.kernel.clock import local_day
from democratic.participation.ideas.holding import DAYS_TO_READ
from democratic.thread.models import Visibility
from democratic.thread.queries import RecordNotFound, Tombstone, tombstone_of, waiting_of
from democratic.web.formats import day
from democratic.web.pages import Main, show, show_once
from democratic.web.places import at
from democratic.web.requests import Request

View = Callable[..., HttpResponseBase]


def shown_or_gone(view: View) -> View:
    """404 for what is not there, 410 and its line for what was."""

    @wraps(view)
    def respond(request: Request, *args: object, **named: object) -> HttpResponseBase:
        try:
            return view(request, *args, **named)
        except RecordNotFound as missing:
            code = str(missing)
            if tombstone := tombstone_of(request.viewer, code):
                return _gone(request, tombstone)
            if waiting := waiting_of(request.viewer, code):
                return still_waiting(request, waiting)
            raise Http404 from missing

    return respond


def _gone(request: Request, tombstone: Tombstone) -> HttpResponse:
    title = _("Cette parole n’est plus publiée")
    context = {
        "tombstone": tombstone,
        "is_hidden": tombstone.visibility == Visibility.HIDDEN,
        "ruling": at(f"/moderation/{tombstone.code}"),
        "title": title,
    }
    return show(request, Main("web/ideas/gone.html", context, title=title, status=410))


def still_waiting(request: Request, waiting: Tombstone) -> HttpResponse:
    """Not published yet: whoever holds the code reads that, by when, and nothing of the words."""
    title = _("Cette parole attend d’être relue")
    before = local_day(waiting.happened_at, request.authority.time_zone) + timedelta(days=DAYS_TO_READ)
    context = {"title": title, "code": waiting.code, "before": day(before), "charter": at("/moderation")}
    return show_once(request, Main("web/ideas/waiting.html", context, title=title))
