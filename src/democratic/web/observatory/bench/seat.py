"""A member's seat: what waits for a verdict, and what was heard."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.kernel.clock import local_day
from democratic.observatory.models import Observatory
from democratic.observatory.queries import awaiting, hearings_of
from democratic.observatory.rules import seat_of
from democratic.participation.commitments.models import CommitmentState
from democratic.web.formats import day, number
from democratic.web.observatory.access import for_members
from democratic.web.observatory.bench.trails import ids_of, trail_of
from democratic.web.observatory.places import page_of
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import title_of
from democratic.web.suites.judged import hearing_row


@require_GET
@for_members
def page(request: Request, observatory: Observatory) -> HttpResponse:
    today = local_day(request.clock.now(), request.authority.time_zone)
    waiting, total = awaiting(observatory)
    seat = seat_of(observatory, ids_of(request), today)
    context = {
        "prefix": at(""),
        "trail": [*trail_of(observatory), (_("Mon siège"), "")],
        "title": _("Mon siège"),
        "name": seat.name if seat else "",
        "until": day(seat.term_ends_on) if seat else "",
        "waiting": [
            {
                "title": title_of(each.record),
                "url": record_path(each.record.kind, each.record.code),
                "service": each.service.name,
                "state": CommitmentState(each.record.state).value,
                "judge_url": page_of(observatory, f"avis/{each.record.code}"),
            }
            for each in waiting
        ],
        "total": number(total),
        "hear_url": page_of(observatory, "auditions/nouvelle"),
        "again_url": page_of(observatory, "avis"),
        "resign_url": page_of(observatory, "quitter"),
        "hearings": [
            hearing_row(each) | {"correct_url": f"{record_path('hearing', each.record.code)}/corriger"}
            for each in hearings_of([observatory.pk])
        ],
    }
    return show(request, Main("web/observatory/bench.html", context, title=_("Mon siège")))
