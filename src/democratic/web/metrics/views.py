"""``/metrics``: for whoever holds this installation's token, and for nobody else, wherever they ask from.

Not by address: behind a proxy on the same machine, everybody asks from loopback.
"""

import os

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from democratic.web.metrics.readings import Installation

BEARER = "Bearer "


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    if not _holds_token(request):
        raise Http404  # as for any address that is none
    parts = (_counted(), _read())
    response = HttpResponse(b"".join(parts), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


def _holds_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    return given.startswith(BEARER) and constant_time_compare(
        given.removeprefix(BEARER).strip(), settings.METRICS_TOKEN
    )


def _counted() -> bytes:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return generate_latest(registry)


def _read() -> bytes:
    registry = CollectorRegistry()
    registry.register(Installation())
    return generate_latest(registry)
