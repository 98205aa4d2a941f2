"""Whether this process lives, and whether the installation is ready, with the lag of each projection."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from democratic.thread.journal.health import lags


def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        return JsonResponse({"ready": True, "journal": lags()})
    except DatabaseError as error:
        return JsonResponse({"ready": False, "reason": type(error).__name__}, status=503)
