"""After: each question, and what became of it, side by side: what was answered, promised, owed."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.participation.meetings.wall.ordered import Order, wall_of
from democratic.participation.meetings.wall.queries import Shelf, wall_counts
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.web.meetings.team import meeting_at
from democratic.web.meetings.wall.drawn import counted
from democratic.web.meetings.wall.places import wall_path
from democratic.web.meetings.wall.rows import told
from democratic.web.meetings.wall.words import row_of
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.processes.days import today_of
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 40


@require_safe
def table(request: Request, code: str) -> HttpResponse:
    meeting, paging = meeting_at(request, code), paging_of(request, PAGE)
    counts, here = wall_counts(meeting), wall_path(meeting.record.code, "tableau")
    found = wall_of(meeting, Shelf.ALL, Order.SUPPORTED, offset=paging.offset, limit=paging.size)
    rows = told(request.viewer, [row_of(each) for each in found], today_of(request))
    name, title = title_of(meeting.record), _("Ce que chaque question est devenue")
    context = {
        "prefix": at(""),
        "trail": [
            (name, record_path(Kind.MEETING, meeting.record.code)),
            (_("Les questions"), wall_path(meeting.record.code)),
            (_("Le tableau"), ""),
        ],
        "title": title,
        "counted": counted(counts),
        "rows": rows,
        "pager": pager(paging, len(rows), counts.all, here),
        "wall": wall_path(meeting.record.code),
    }
    return show(request, Main("web/meetings/wall/table.html", context, title, section="agenda"))
