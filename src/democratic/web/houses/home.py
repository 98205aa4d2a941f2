"""« Chez nous »: what there is to do today, and for how long adults still help."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.communities.houses.models import Right
from democratic.communities.houses.queries import (
    Presence,
    charter_being_written,
    charter_in_force,
    facilitators_rights,
    members_at_home,
    running_terms,
    waiting_draws,
)
from democratic.participation.houses.models import Opinion
from democratic.participation.houses.queries import (
    last_hand_over,
    meetings_of,
    opinions_at_home,
    referrals_of,
)
from democratic.web.formats import day, hours
from democratic.web.houses.access import at_home
from democratic.web.houses.frame import called, home_page
from democratic.web.houses.places import house_path
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
        "todo": _todo(presence, draft),
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
        "has_charter": charter_in_force(house) is not None,
    }
    return home_page(request, presence, "home.html", context, title=_("Chez nous"), here="maison")


def _todo(presence: Presence, draft: object) -> list[tuple[str, str]]:
    """What waits for the members, each as one line that leads there."""
    house = presence.house
    waiting = []
    if draft is not None and getattr(draft, "state", "") == "asked":
        waiting.append((_("La charte attend la réponse de chacun"), house_path(house, "charte/projet")))
    elif charter_in_force(house) is None:
        waiting.append((_("Écrire la charte"), house_path(house, "charte/projet")))
    waiting += [
        (
            _("L’avis « %(title)s » attend la réponse de chacun") % {"title": opinion.record.title},
            house_path(house, f"avis/{opinion.record.code}"),
        )
        for opinion in opinions_at_home(house)
        if opinion.state == Opinion.State.ASKED
    ]
    return waiting
