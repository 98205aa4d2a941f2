"""Who has a screen of their own in a meeting."""

from django.db import transaction

from democratic.kernel.text import clean_line
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole
from democratic.people.models import Person

FUNCTION_LIMIT = 120


@transaction.atomic
def name_in_team(
    *, meeting: Meeting, person: Person, role: TeamRole, function: str = ""
) -> MeetingTeamMember:
    """``function`` is what everyone reads instead of a name. Named twice, she is named once, as was said last."""
    member, _is_new = MeetingTeamMember.objects.update_or_create(
        meeting=meeting,
        person=person,
        role=role,
        defaults={"function": clean_line(function)[:FUNCTION_LIMIT]},
    )
    touch(meeting.pk, Topic.TEAM)
    return member
