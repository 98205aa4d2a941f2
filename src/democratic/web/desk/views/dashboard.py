from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.communities.queries import office_of
from democratic.kernel.clock import local_day
from democratic.participation.obligations.queries import open_obligations
from democratic.participation.reports.desk import drafts_to_sign, latest_words, processes_in_hand
from democratic.web.desk.access import for_staff
from democratic.web.desk.pages import desk_page
from democratic.web.requests import Request, someone

SOON = timedelta(days=45)


@require_GET
@for_staff
def dashboard(request: Request) -> HttpResponse:
    """What is owed, to whom, by when; each line one step from its act."""
    authority = request.authority
    today = local_day(request.clock.now(), authority.time_zone)
    office = office_of(someone(request), authority)
    context = {
        "person": request.person,
        "today": today,
        "owed": [
            {"obligation": each, "days_late": max(0, (today - each.first_due_on).days)}
            for each in open_obligations(authority, until=today + SOON)
        ],
        "drafts": drafts_to_sign(authority, office),
        "office": office,
        "processes": processes_in_hand(authority),
        "words": latest_words(authority),
        "is_agent": not office,
    }
    return desk_page(request, "dashboard.html", context, title=_("Mon bureau"))
