"""What a device is answered: JSON that nothing keeps on the way, and a refusal that says whether to wipe."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import TooMany
from democratic.participation.street.models import FieldDevice
from democratic.participation.street.queries import device_of
from democratic.web.guests import network_of
from democratic.web.requests import Request
from democratic.web.street.language import View, in_the_language_of_the_app

WRONG_TOKENS = Limit("street-wrong-tokens", 20, 300)
CALLS = Limit("street-calls", 600, 300)
# After that long nobody comes back with what it holds: it wipes itself.
GIVEN_UP = timedelta(days=30)


def told(body: dict[str, Any], status: int = 200) -> HttpResponse:
    response = JsonResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    if status == 401:  # noqa: PLR2004  unauthorized
        response.headers["WWW-Authenticate"] = 'Bearer realm="terrain"'
    return response


def for_devices(*methods: str) -> Callable[[View], View]:
    """Behind the token of one device, for one session: no cookie is looked at."""

    def guard(view: View) -> View:
        @csrf_exempt  # the token is the proof
        @in_the_language_of_the_app
        @wraps(view)
        def guarded(request: Request, **named: Any) -> HttpResponse:
            try:
                device, refusal = _device(request)
            except TooMany as many:
                return told({"error": str(many.message)}, 429)
            if device is None:
                return refusal
            if request.method not in methods:
                return told({"error": _("Cela ne se fait pas ici.")}, 405)
            return view(request, device, **named)

        return guarded

    return guard


def _device(request: Request) -> tuple[FieldDevice | None, HttpResponse]:
    """Who may send; or why not. One whose time is over keeps what it holds, and is prepared again."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    found = device_of(request.authority, token.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        spend(WRONG_TOKENS, network_of(request))
        return None, told({"wipe": False}, 401)
    spend(CALLS, str(found.pk))
    late = request.clock.now() - found.expires_at
    if found.revoked_at is not None or late > GIVEN_UP:
        return None, told({"wipe": True}, 401)
    return (found, HttpResponse()) if late < timedelta() else (None, told({"wipe": False}, 401))
