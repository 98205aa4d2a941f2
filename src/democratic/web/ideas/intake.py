"""What arrives from outside, made harmless before a view reads it."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from urllib.parse import unquote_to_bytes

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from democratic.kernel.clock import DatabaseClock
from democratic.kernel.text import clean_line
from democratic.web.pages import Main, show
from democratic.web.requests import Request

View = Callable[..., HttpResponseBase]

MOST_VALUES = 40
LONGEST = 200


def readable(view: View) -> View:
    """Refuse a form that is too long or not UTF-8, in words, instead of keeping signs nobody typed."""

    @wraps(view)
    def respond(request: Request, *args: object, **named: object) -> HttpResponseBase:
        if request.method == "POST":
            try:
                if not _is_utf8(request):
                    return _refuse(
                        request,
                        400,
                        _("Ce texte est arrivé abîmé"),
                        _("Ses accents ne sont pas lisibles. Revenez en arrière, puis renvoyez-le."),
                    )
            except RequestDataTooBig:
                return _refuse(
                    request,
                    413,
                    _("Ce texte est trop long"),
                    _("Il en faut 10 000 signes au plus. Revenez en arrière : il y est encore. Coupez-le."),
                )
        return view(request, *args, **named)

    return respond


def _is_utf8(request: Request) -> bool:
    if request.content_type == "multipart/form-data":
        # Django has read it already, a file's bytes apart: what was no UTF-8 became this sign.
        return not any("\ufffd" in value for values in request.POST.lists() for value in values[1])
    body = request.body
    if request.content_type == "application/x-www-form-urlencoded":
        body = unquote_to_bytes(body)
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _refuse(request: Request, status: int, title: str, text: str) -> HttpResponse:
    context = {"heading": title, "text": text, "status": status}
    return show(request, Main("web/error.html", context, title=title, status=status))


def moment_of(request: Request, told: datetime) -> datetime:
    """Now, as the page's own query was told by the database, unless another clock was set."""
    return told if isinstance(request.clock, DatabaseClock) else request.clock.now()


def line(query: QueryDict, name: str) -> str:
    """One value of an address, without what no database and no page should see."""
    return clean_line(query.get(name, ""))[:LONGEST].strip()


def lines(query: QueryDict, name: str) -> tuple[str, ...]:
    """Every value of a repeated name, once each, in the order given."""
    values = (clean_line(value)[:LONGEST].strip() for value in query.getlist(name)[:MOST_VALUES])
    return tuple(dict.fromkeys(value for value in values if value))


def path_back(request: Request, otherwise: str) -> str:
    """The page that the form was on, if it says so and it is one of ours."""
    path = request.POST.get("retour", "")
    if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return otherwise
