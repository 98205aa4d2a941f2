"""One meeting at the desk: what is ready, what is missing, and the acts that its state allows."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.participation.meetings.agenda.preparing import items_of
from democratic.participation.meetings.arrivals.places import places_of
from democratic.participation.meetings.locking import is_to_tell
from democratic.participation.meetings.models import Briefing, Meeting, MeetingTeamMember
from democratic.participation.meetings.queries import changes_of
from democratic.participation.meetings.states import MeetingState
from democratic.thread.models import Kind
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.handovers import called
from democratic.web.desk.pages import desk_page
from democratic.web.formats import day, number
from democratic.web.meetings.desk.listed import row_of
from democratic.web.meetings.desk.paths import desk_meeting, desk_path, list_crumbs
from democratic.web.meetings.later import later_in_words
from democratic.web.meetings.public.framing import host_of
from democratic.web.meetings.public.place import in_words
from democratic.web.places import at, record_path
from democratic.web.requests import Request
from democratic.web.words import ORIGINS

AHEAD = (MeetingState.DRAFT, MeetingState.ANNOUNCED)


@require_GET
@for_agents
def detail(request: Request, code: str) -> HttpResponse:
    meeting = desk_meeting(request, code)
    state, now = MeetingState(meeting.record.state), request.clock.now()
    page, items = record_path(Kind.MEETING, meeting.record.code), items_of(meeting)
    context = {
        **row_of(meeting),
        "meeting": meeting,
        "state_code": state.value,
        "base": desk_path(meeting),
        "public_url": page,
        "run_url": f"{page}/direct/animer",
        "enter_url": at("/entrer"),
        "is_ahead": state in AHEAD,
        "may_report": is_to_tell(meeting, now),
        "may_run": state in (MeetingState.ANNOUNCED, MeetingState.LIVE),
        "items": items,
        "minutes": number(sum(each.minutes for each in items)),
        "briefing": Briefing.objects.filter(meeting=meeting).first(),
        "team": _team(meeting),
        "means": _means(meeting),
        "seats": _seats(meeting),
        "changes": [(day(each.at), each.reason) for each in changes_of(meeting)],
    }
    return desk_page(
        request, "meetings/desk/one.html", context, title=meeting.record.title, crumbs=list_crumbs()
    )


def _team(meeting: Meeting) -> list[dict[str, str]]:
    members = MeetingTeamMember.objects.filter(meeting=meeting).select_related("person__account")
    return [
        {
            "name": called(each.person),
            "role": str(each.get_role_display()),
            "function": each.function,
            "part": desk_path(meeting, f"equipe/{each.pk}/quitter"),
        }
        for each in members.order_by("role", "pk")
    ]


def _means(meeting: Meeting) -> list[tuple[str, str]]:
    told = (
        (_("Vidéo"), host_of(meeting.video_url) if meeting.video else _("aucune")),
        (_("Téléphone"), meeting.phone),
        (_("Sous-titres"), host_of(meeting.captions_url)),
        (_("Ordre de la parole"), str(meeting.get_floor_rule_display())),
        (_("Forme"), str(meeting.get_form_display())),
        (_("Questions à partir du"), day(meeting.questions_from) if meeting.questions_from else ""),
        (_("En différé"), later_in_words(meeting.later_hours)),
    )
    return [(name, value) for name, value in told if value]


def _seats(meeting: Meeting) -> list[dict[str, Any]]:
    if not meeting.takes_registrations:
        return []
    return [
        {
            "seat": str(ORIGINS[seat]),
            "taken": number(each.taken),
            "waiting": number(each.waiting) if each.waiting else "",
            "left": in_words(each),
        }
        for seat, each in places_of(meeting).items()
    ]
