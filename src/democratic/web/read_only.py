"""Read-only mode: one door for every act, whatever its view. What was typed is given back, to be kept."""

from collections.abc import Iterator
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.translation import gettext as _

from democratic.web.middleware import OWNED_BY_NOBODY, SAFE, Respond
from democratic.web.pages import Main, show
from democratic.web.requests import Request
from democratic.web.shell import READ_ONLY

RETRY_AFTER = "600"  # seconds
MOST_GIVEN_BACK = 20
NEVER_SHOWN = ("password", "secret", "key", "code", "token", "next", "email", "login")


def refuse_acts(get_response: Respond) -> Respond:
    """A middleware. A process knows it a moment later: the command that turns it on waits for that moment."""

    def respond(request: Request) -> HttpResponse:
        if request.method in SAFE or request.path in OWNED_BY_NOBODY:
            return get_response(request)
        return get_response(request) if READ_ONLY.of() is None else _refuse(request)

    return respond  # type: ignore[return-value]  # Django's request, with what who_and_where set on it


def _refuse(request: Request) -> HttpResponse:
    context = {"typed": list(_typed(request))[:MOST_GIVEN_BACK]}
    status = HTTPStatus.SERVICE_UNAVAILABLE
    response = show(
        request,
        Main(
            "web/read_only.html",
            context,
            title=_("Rien ne peut être enregistré pour le moment"),
            status=status,
        ),
    )
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _typed(request: Request) -> Iterator[str]:
    """Sentences, and neither the choices nor what only its owner may see."""
    for name, values in request.POST.lists():
        if any(word in name.lower() for word in NEVER_SHOWN):
            continue
        yield from (value for value in values if isinstance(value, str) and _is_worth_keeping(value))


def _is_worth_keeping(value: str) -> bool:
    """Several words: one alone is a choice, a day, an identifier, or quickly typed again."""
    return len(value.split()) > 1
