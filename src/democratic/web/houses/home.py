"""« Chez nous »: what there is to do today, and for how long adults still help."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from democratic.communities.houses.actions import end_facilitator
from democratic.communities.houses.models import Right
from democratic.communities.houses.queries import (
    Presence,
    charter_being_written,
    facilitators_rights,
    members_at_home,
    running_terms,
    waiting_draws,
)
from democratic.participation.houses.queries import (
    last_hand_over,
    meetings_of,
    referrals_of,
)
from democratic.web.formats import day, hours
from democratic.web.houses.access import at_home
from democratic.web.houses.frame import called, home_page, press
from democratic.web.houses.places import house_path
from democratic.web.houses.todo import todo_of
from democratic.web.houses.told import line_of_rights, role_line, sent_row
from democratic.web.processes.days import today_of
from democratic.web.requests import Request


@require_GET
@at_home
def home(request: Request, presence: Presence) -> HttpResponse:
    house, today = presence.house, today_of(request)
    draft = charter_being_written(house)
    left = last_hand_over(house)
    context = {
        "me": called(presence.member),
        "name_url": house_path(house, "entrer"),
        "function": presence.facilitator.function if presence.facilitator else "",
        "rights": [str(right.label) for right in Right if presence.may(right)],
        "todo": todo_of(presence, draft),
        "steps": line_of_rights(facilitators_rights(house), today),
        "roles": [{**role_line(term), "who": called(term.member)} for term in running_terms(house, today)],
        "meetings": [
            {
                "title": meeting.record.title,
                "when": f"{day(meeting.starts_at, 'weekday')}, {hours(meeting.starts_at, meeting.ends_at)}",
                "place": meeting.place,
            }
            for meeting in meetings_of(house, request.clock.now(), limit=3)
        ],
        "referrals": [sent_row(sent) for sent in referrals_of(house, today)[:5]],
        "members": members_at_home(house).count(),
        "left": left,
        "left_url": house_path(house, "passation"),
        "draws": [
            _("Tirage du rôle « %(role)s » le %(day)s")
            % {"role": draw.get_role_display(), "day": day(draw.draws_on)}
            for draw in waiting_draws(house)
        ],
    }
    return home_page(request, presence, "home.html", context, title=_("Chez nous"), here="maison")


@require_POST
@at_home
def stop_helping_house(request: Request, presence: Presence) -> HttpResponse:
    """She who helps leaves when she likes: the house is then closed to her."""
    facilitator = presence.facilitator
    if facilitator is None:
        raise Http404
    return press(
        request,
        lambda: end_facilitator(facilitator=facilitator, clock=request.clock),
        _("Vous n’aidez plus ici. C’est dit en public, par votre fonction."),
        house_path(presence.house),
    )
