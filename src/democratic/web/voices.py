"""A voice at the desk: played in its page, in parts, by who may read it again; how long it lasts, as it says."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from democratic.kernel.models import StoredFile
from democratic.web.files_host import answer_with, guarded
from democratic.web.formats import NBSP
from democratic.web.ranges import OK, in_part


def private_file(request: HttpRequest, stored: StoredFile) -> HttpResponse:
    """To one who was let in: a photo drawn, a voice played, and nothing of either left in a cache."""
    response = guarded(answer_with(stored, 0), f'"{stored.pk}"')
    response.headers["Cache-Control"] = "no-store"
    if stored.is_image or response.status_code != OK:
        return response
    response.headers["Content-Type"] = stored.content_type
    ending = stored.content_type.partition("/")[2]
    response.headers["Content-Disposition"] = f'inline; filename="vocal.{ending}"'
    return in_part(request, response)


def lasting(stored: StoredFile) -> str:
    """« 1 min 05 s »."""
    if stored.seconds is None:
        return _("durée inconnue")
    minutes, seconds = divmod(stored.seconds, 60)
    if not minutes:
        return f"{seconds}{NBSP}s"
    return f"{minutes}{NBSP}min{NBSP}{seconds:02}{NBSP}s"


__all__ = ["lasting", "private_file"]
