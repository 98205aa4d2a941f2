"""After the last question: what one keeps of one's own conversation, and what a poster says once it is over."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from democratic.participation.conversations.queries import Shown
from democratic.participation.conversations.relaying import code_once_open
from democratic.web.formats import day
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.requests import Request
from democratic.web.talks.ringing import ring
from democratic.web.talks.ways import Way

GONE = 410


def end_of(shown: Shown, how: Way, code: str) -> dict[str, Any]:
    return {
        "records": [
            (each.code, at(f"/fil/{each.code}"), each.visibility == "held") for each in shown.records
        ],
        "is_told": shown.her.is_told,
        "news": [(day(each.at), each.text) for each in shown.news],
        "follow": at(f"/fil/{shown.run.revision.flow.process.record.code}") if not how.is_kiosk else "",
        "ring": None if how.is_bare else ring(shown, at(how.path(code, shown.her.address) + "/avis")),
        "after": at(f"/r/{shown.run.code.code}/suites") if shown.run.code and not how.is_kiosk else "",
    }


def closed(request: Request, code: str, how: Way) -> HttpResponse:
    """A poster stays on its wall after the last day: who comes then is told what became of it."""
    found = None if how.is_bare else code_once_open(request.authority, code)
    if found is None or (found.retired_at is None and found.flow.is_open):
        raise Http404
    title = _("Cette conversation est close")
    record = found.flow.process.record
    context = {
        "title": title,
        "process": record.title,
        "process_url": record_path("process", record.code),
        "after": at(f"/r/{found.code}/suites"),
    }
    return show(request, Main("web/talks/over.html", context, title=title, status=GONE))
