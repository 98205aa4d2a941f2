"""Who has a screen of their own during the meeting: agents, who is elected, members of the body that holds it."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.communities.organisations.models import Membership
from democratic.participation.meetings.actions import leave_team, name_to_team
from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole
from democratic.people.models import Person
from democratic.thread.models import Grant
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.handovers import called
from democratic.web.desk.pages import Asked, ask
from democratic.web.meetings.desk.forms import TeamForm
from democratic.web.meetings.desk.paths import crumbs, desk_meeting, desk_path
from democratic.web.requests import Request

MOST = 300


def _people(meeting: Meeting) -> dict[str, Person]:
    """Who holds a role here, and the members of the body."""
    held = Grant.objects.filter(authority=meeting.record.authority_id, until=None).values("person")
    members = Membership.objects.filter(organisation=meeting.body_id, until=None).values("person")
    may = Q(pk__in=held) | Q(pk__in=members) if meeting.body_id else Q(pk__in=held)
    found = Person.objects.filter(may, account__is_active=True).select_related("account")
    return {str(each.pk): each for each in found.order_by("name", "pk")[:MOST]}


@require_http_methods(["GET", "POST"])
@for_agents
def name(request: Request, code: str) -> HttpResponse:
    meeting = desk_meeting(request, code)
    people = _people(meeting)
    form = TeamForm([(pk, called(each)) for pk, each in people.items()], request.POST or None)

    def act(said: dict[str, Any]) -> str:
        name_to_team(
            meeting=meeting,
            person=people[said["person"]],
            role=TeamRole(said["role"]),
            function=said["function"],
        )
        return desk_path(meeting)

    asked = Asked(
        title=_("Ajouter quelqu’un à l’équipe"),
        send=_("Ajouter"),
        done=_("L’équipe est à jour."),
        crumbs=crumbs(meeting),
    )
    return ask(request, form, act, asked)


@require_POST
@for_agents
def part(request: Request, code: str, member: UUID) -> HttpResponse:
    meeting = desk_meeting(request, code)
    leave_team(member=get_object_or_404(MeetingTeamMember, meeting=meeting, pk=member))
    return redirect(desk_path(meeting) + "#equipe")
