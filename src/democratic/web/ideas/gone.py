"""What one may not see is not there; what was taken back leaves a public line."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from democratic.kernel.refusals import TooMany
from democratic.thread.models import Visibility
from democratic.thread.queries import RecordNotFound, Tombstone, tombstone_of
from democratic.web.pages import Main, show
from democratic.web.requests import Request

View = Callable[..., HttpResponseBase]


def shown_or_gone(view: View) -> View:
    """404 for what is not there, 410 and its line for what was; 429 for who asks too much."""

    @wraps(view)
    def respond(request: Request, *args: object, **named: object) -> HttpResponseBase:
        try:
            return view(request, *args, **named)
        except RecordNotFound as missing:
            tombstone = tombstone_of(request.viewer, str(missing))
            if tombstone is None:
                raise Http404 from missing
            return _gone(request, tombstone)
        except TooMany as refusal:
            return too_many(request, refusal)

    return respond


def _gone(request: Request, tombstone: Tombstone) -> HttpResponse:
    title = _("Cette parole n’est plus publiée")
    context = {"tombstone": tombstone, "is_hidden": tombstone.visibility == Visibility.HIDDEN, "title": title}
    return show(request, Main("web/ideas/gone.html", context, title=title, status=410))


def too_many(request: Request, refusal: TooMany) -> HttpResponse:
    title = _("Un instant")
    context = {"heading": title, "text": refusal.message, "status": 429}
    response = show(request, Main("web/error.html", context, title=title, status=429))
    response.headers["Retry-After"] = "600"
    return response
