"""Every request is counted, timed and, for a collector of logs, written down: by its route's name alone."""

import logging
import time
from collections.abc import Callable
from secrets import token_hex

from django.http import HttpRequest, HttpResponse

from democratic.kernel.logs import REQUEST_ID
from democratic.web.metrics.counters import counted, timed

logger = logging.getLogger("democratic.requests")

NO_ROUTE = "none"  # no page there, or a file of the interface
REFUSED = 400
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def watched(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def respond(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        # Ours, never the one that a client sends: that would be its words in our logs.
        token = REQUEST_ID.set(token_hex(8))
        try:
            response = get_response(request)
            _tell(request, response.status_code, time.perf_counter() - began)
        finally:
            REQUEST_ID.reset(token)
        return response

    return respond


def route_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name or match.view_name.rpartition(".")[2]) if match else NO_ROUTE


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    route = route_of(request)
    counted(route, status // 100).inc()
    timed(route).observe(seconds)
    level = logging.INFO if status < REFUSED else logging.WARNING
    if logger.isEnabledFor(level):
        method = request.method if request.method in KNOWN_METHODS else "other"
        more = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000)}
        logger.log(level, "answered", extra=more)
